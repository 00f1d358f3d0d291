import { definePlugin } from '@palabre/sdk'
import { Action } from '@palabre/sdk/contract/action'
import { Face } from '@palabre/sdk/contract/face'
import { Finder } from '@palabre/sdk/contract/finder'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { defineConversations, listTag } from './conversations-list.ts'
import { followConversations } from './follow-conversations.ts'
import { lastWords } from './last-words.ts'
import { words } from './words.ts'

export const plugin = definePlugin({
  needs: { port: Port, face: Face },
  provides: { view: View, finder: Finder, next: Action, previous: Action },
  start({ port, face }, scope) {
    defineConversations()
    const list = followConversations({ port, signal: scope.signal, after: (ms, fn) => scope.after(ms, fn) })
    const step = (by: number) => () => {
      const { all } = list.now
      const here = all.findIndex(({ conversation }) => conversation === face.at.subject)
      const next = all[here < 0 ? 0 : (here + by + all.length) % all.length]
      if (next !== undefined) face.open('chat', next.conversation)
    }
    return {
      view: {
        id: 'conversations',
        title: words.title,
        place: 'side',
        of: 'chat',
        tag: listTag,
        properties: { face, list },
      },
      finder: {
        id: 'conversations',
        title: words.title,
        find: async (sought) =>
          list.find(sought).map((one) => ({
            id: one.conversation,
            title: one.name,
            detail: lastWords(one, face.language),
            open: () => face.open('chat', one.conversation),
          })),
      },
      next: { id: 'conversations.next', title: words.next, key: 'Alt+ArrowDown', run: step(1) },
      previous: { id: 'conversations.previous', title: words.previous, key: 'Alt+ArrowUp', run: step(-1) },
    }
  },
})
