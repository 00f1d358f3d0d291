import { definePlugin } from '@palabre/sdk'
import { Face } from '@palabre/sdk/contract/face'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { untilNamed } from './until-named.ts'
import { defineWelcome, welcomeTag } from './welcome-page.ts'
import { words } from './words.ts'

export const plugin = definePlugin({
  needs: { port: Port, face: Face },
  contributes: [View],
  start({ port, face }, scope) {
    defineWelcome()
    const show = () => {
      const shown: Disposable = scope.contribute(View, {
        id: 'welcome',
        title: words.title,
        place: 'welcome',
        tag: welcomeTag,
        properties: { face, port, over: () => shown[Symbol.dispose]() },
      })
    }
    void untilNamed({ port, signal: scope.signal, after: (ms, fn) => scope.after(ms, fn), nameless: show })
  },
})
