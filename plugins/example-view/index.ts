import { definePlugin, text } from '@palabre/sdk'
import { Action } from '@palabre/sdk/contract/action'
import { Face } from '@palabre/sdk/contract/face'
import { View } from '@palabre/sdk/contract/view'
import { createTally } from './tally.ts'
import { defineTally, tallyTag } from './tally-element.ts'
import { words } from './words.ts'

export const plugin = definePlugin({
  needs: { face: Face },
  provides: { panel: View, status: View, settings: View, count: Action },
  start({ face }) {
    defineTally()
    const tally = createTally()
    const properties = { face, tally }
    return {
      panel: {
        id: 'tally',
        title: words.title,
        place: 'panel',
        icon: 'M7 5v14M11 5v14M15 5v14M19 5v14M4 16 21 8',
        tag: tallyTag,
        properties,
      },
      status: { id: 'tally-status', title: words.title, place: 'status', tag: tallyTag, properties },
      settings: { id: 'tally-settings', title: words.title, place: 'settings', tag: tallyTag, properties },
      count: {
        id: 'tally.count',
        title: words.count,
        key: 'Alt+T',
        run() {
          tally.count()
          face.say(text(`Counted: ${tally.now}`, `Compté : ${tally.now}`))
        },
      },
    }
  },
})
