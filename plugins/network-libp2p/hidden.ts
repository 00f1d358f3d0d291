import type { Transport } from '@palabre/sdk/contract/transport'
import { hidesUs } from './road.ts'

/** Peers that must not see our address. */
export interface Hidden {
  has(peer: string): boolean
  /** Whether we may be at the near end of a road to them at this address. */
  allows(peer: string | undefined, address: string, transport: Pick<Transport, 'makes'> | undefined): boolean
  /** Until disposed; several may ask for the same. */
  add(peer: string): Disposable
}

export function createHidden(changed: (peer: string, isHidden: boolean) => void): Hidden {
  const asked = new Map<string, number>()
  const hidden: Hidden = {
    has: (peer) => asked.has(peer),
    allows: (peer, address, transport) => peer === undefined || !asked.has(peer) || hidesUs(address, transport),
    add(peer) {
      const count = asked.get(peer) ?? 0
      asked.set(peer, count + 1)
      if (count === 0) changed(peer, true)
      let isOver = false
      return {
        [Symbol.dispose]() {
          if (isOver) return
          isOver = true
          const left = asked.get(peer)! - 1
          if (left > 0) return void asked.set(peer, left)
          asked.delete(peer)
          changed(peer, false)
        },
      }
    },
  }
  return hidden
}

/** Where two ends tell each other addresses of theirs in the protocols of libp2p: identify and its news, offers of WebRTC and of a punch. */
export const tellsAddresses = (protocol: string): boolean =>
  protocol.startsWith('/ipfs/id/') || protocol.startsWith('/webrtc-signaling/') || protocol === '/libp2p/dcutr'
