import { isPalabreError } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Upgrader } from '@palabre/sdk/contract/upgrade'

/** The side that did not open the link steps in after this, should the other one not know this way. */
const headStart = 5_000

/** Dials the peer once more, by WebRTC, with the relay as the place to agree. */
export function webrtcUpgrade(clock: Clock): Upgrader {
  return {
    async upgrade({ opener, address, dial, signal }) {
      if (!opener) await clock.sleep(headStart, signal)
      try {
        await dial(`${address}/webrtc`)
        return true
      } catch (error) {
        if (isPalabreError(error) && error.code === 'switched-off') return false
        throw error
      }
    },
  }
}
