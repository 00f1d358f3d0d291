import { definePlugin } from '@palabre/sdk'
import { Face } from '@palabre/sdk/contract/face'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { afterFirstWords } from './after-first-words.ts'
import { defineOffer, offerTag } from './offer-strip.ts'
import { defineSettings, settingsTag } from './phrase-settings.ts'
import { words } from './words.ts'

const decidedKey = 'phrase.offered'

export const plugin = definePlugin({
  needs: { port: Port, face: Face },
  provides: { settings: View },
  start({ port, face }, scope) {
    defineOffer()
    defineSettings()
    const offer = () => {
      if (face.kept(decidedKey) !== undefined) return
      const shown: Disposable = scope.contribute(View, {
        id: 'phrase-offer',
        title: words.title,
        place: 'offer',
        order: 10,
        tag: offerTag,
        properties: {
          face,
          decided() {
            face.keep(decidedKey, 'yes')
            shown[Symbol.dispose]()
          },
        },
      })
    }
    afterFirstWords({ port, signal: scope.signal, after: (ms, fn) => scope.after(ms, fn), written: offer })
    return {
      settings: { id: 'phrase', title: words.title, place: 'settings', order: 20, tag: settingsTag, properties: { face, port } },
    }
  },
})
