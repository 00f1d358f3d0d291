import { definePlugin, text, type Text } from '@palabre/sdk'
import { Action } from '@palabre/sdk/contract/action'
import { Face } from '@palabre/sdk/contract/face'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { chatTag, defineChat } from './chat-panel.ts'
import { openTalk } from './talk.ts'
import { words } from './words.ts'

export const plugin = definePlugin({
  needs: { port: Port, face: Face },
  provides: { view: View, search: Action, fuse: Action, clear: Action, retry: Action },
  start({ port, face }, scope) {
    defineChat()
    const after = (ms: number, fn: () => void) => scope.after(ms, fn)
    const open = (peer: string) => openTalk({ port, peer, signal: scope.signal, after })
    const asked = new EventTarget()
    const action = (what: string, title: Text, key?: string): Action => ({
      id: `chat.${what}`,
      title,
      ...(key === undefined ? {} : { key }),
      run: () => void asked.dispatchEvent(new Event(what)),
    })
    return {
      view: {
        id: 'chat',
        title: text('Talk', 'Discuter'),
        place: 'panel',
        order: 10,
        icon: 'M4 5h16v11H10l-5 4v-4H4Z',
        tag: chatTag,
        properties: { face, open, asked },
      },
      search: action('search', words.search, 'Ctrl+Shift+F'),
      fuse: action('fuse', words.fuse),
      clear: action('clear', words.clear),
      retry: action('retry', words.deliverNow),
    }
  },
})
