import { definePlugin, optional, PalabreError, text } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Ice } from '@palabre/sdk/contract/ice'
import type { ByHandArgs } from './meet-by-hand.ts'

export const plugin = definePlugin({
  needs: { clock: Clock, ice: optional(Ice) },
  start({ clock, ice }, scope) {
    scope.command<ByHandArgs>('net.demo.webrtc', async function* (args, context) {
      if (ice.current === undefined) throw webrtcIsOff()
      const { meetByHand } = await import('./meet-by-hand.ts')
      yield* meetByHand(ice.current, clock, args, context)
    })
  },
})

function webrtcIsOff(): PalabreError {
  return new PalabreError('switched-off', text('transport-webrtc is switched off', 'transport-webrtc est désactivé'), {
    todo: text('Switch it on: palabre plugins enable transport-webrtc', 'Activez-le : palabre plugins enable transport-webrtc'),
  })
}
