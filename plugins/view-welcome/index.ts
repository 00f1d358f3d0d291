import { definePlugin } from '@palabre/sdk'
import { Face } from '@palabre/sdk/contract/face'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { arrivalTag, defineArrival } from './arrival-box.ts'
import { followArrival } from './follow-arrival.ts'
import { defineLinks, linksTag } from './links-settings.ts'
import { untilKnown } from './until-known.ts'
import { defineWelcome, welcomeTag } from './welcome-page.ts'
import { whereLinksGo } from './where-links-go.ts'
import { words } from './words.ts'

export const plugin = definePlugin({
  needs: { port: Port, face: Face },
  contributes: [View],
  start({ port, face }, scope) {
    defineWelcome()
    defineArrival()
    defineLinks()
    const after = (ms: number, fn: () => void) => scope.after(ms, fn)
    const arrival = followArrival({ port, signal: scope.signal, after })
    const sleep = (ms: number) => new Promise<void>((resolve) => void scope.after(ms, resolve))

    const welcome = () => {
      const shown: Disposable = scope.contribute(View, {
        id: 'welcome',
        title: words.title,
        place: 'welcome',
        tag: welcomeTag,
        properties: {
          face,
          port,
          arrival,
          sleep,
          over() {
            shown[Symbol.dispose]()
            offerInvites()
          },
        },
      })
    }
    /** From now on an invite that comes is offered over whatever is shown. */
    const offerInvites = () => {
      let shown: Disposable | undefined
      const offer = () => {
        if (arrival.now === undefined) {
          shown?.[Symbol.dispose]()
          shown = undefined
        } else
          shown ??= scope.contribute(View, {
            id: 'arrival',
            title: words.arrival,
            place: 'dialog',
            tag: arrivalTag,
            properties: { face, port, arrival },
          })
      }
      scope.use(arrival.watch(offer))
      offer()
    }
    const offerLinks = () =>
      void scope.contribute(View, {
        id: 'links',
        title: words.linksTitle,
        place: 'settings',
        order: 40,
        tag: linksTag,
        properties: { face, port },
      })
    void whereLinksGo({ port, signal: scope.signal, after, known: offerLinks })
    void untilKnown({ port, signal: scope.signal, after, nameless: welcome, named: offerInvites })
  },
})
