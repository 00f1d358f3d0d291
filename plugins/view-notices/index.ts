import { definePlugin } from '@palabre/sdk'
import { Face } from '@palabre/sdk/contract/face'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { createChime } from './chime.ts'
import { choicesIn } from './choices.ts'
import { deskNotices } from './desk-notice.ts'
import { followNews } from './follow-news.ts'
import { createMarks } from './marks.ts'
import { createNotices } from './notices.ts'
import { defineSettings, settingsTag } from './notices-settings.ts'
import { defineOffer, offerTag } from './offer-strip.ts'
import { words } from './words.ts'

export const plugin = definePlugin({
  needs: { port: Port, face: Face },
  provides: { settings: View },
  start({ port, face }, scope) {
    defineOffer()
    defineSettings()
    const choices = choicesIn(face)
    const marks = scope.use(createMarks(face))
    const chime = scope.use(createChime())
    let offered: Disposable | undefined
    const offerWhenDue = () => {
      if (!notices.isToBeOffered) {
        offered?.[Symbol.dispose]()
        offered = undefined
      } else
        offered ??= scope.contribute(View, {
          id: 'notices-offer',
          title: words.title,
          place: 'offer',
          order: 20,
          tag: offerTag,
          properties: { face, notices },
        })
    }
    const notices = scope.use(createNotices({ face, choices, desk: deskNotices, chime: chime.ring, changed: offerWhenDue }))
    scope.use(face.watch(offerWhenDue))
    followNews({
      port,
      signal: scope.signal,
      after: (ms, fn) => scope.after(ms, fn),
      came: notices.came,
      went: notices.went,
      waiting: marks.mark,
    })
    return {
      settings: {
        id: 'notices',
        title: words.title,
        place: 'settings',
        order: 30,
        tag: settingsTag,
        properties: { face, choices, desk: deskNotices, notices },
      },
    }
  },
})
