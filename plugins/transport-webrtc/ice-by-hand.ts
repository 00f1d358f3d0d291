import { PalabreError, text } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Ice, IceConfig } from '@palabre/sdk/contract/ice'
import type { Waiting } from '@palabre/sdk/contract/link'
import { candidatesIn, inCandidateOrder } from './candidate-order.ts'
import { createIceChannel } from './ice-channel.ts'
import type { Description, MakePeer, Peer, PeerChannel } from './peer.ts'

/** In milliseconds: for what servers say of us, and for a connection to stand. */
const gathering = 10_000
const connecting = 20_000

export function iceByHand(config: IceConfig, makePeer: MakePeer, clock: Clock): Ice {
  /** What was gathered when the time is over is what there is: a server that is silent keeps nobody waiting for ever. */
  async function describe(peer: Peer, description: Description, { signal }: Waiting): Promise<string> {
    const complete = happens(peer, 'icegatheringstatechange', () => peer.iceGatheringState === 'complete')
    await peer.setLocalDescription(description)
    await within(complete, gathering, signal).catch((error: unknown) => {
      if (!(error instanceof Late)) throw error
    })
    const { sdp } = peer.localDescription ?? {}
    if (sdp === undefined) throw faults.noDescription()
    return sdp
  }

  async function opened(peer: Peer, channel: Promise<PeerChannel>, { signal }: Waiting) {
    const broken = happens(peer, 'connectionstatechange', () => ['failed', 'closed'].includes(peer.connectionState)).then(() => {
      throw faults.unreachable()
    })
    const open = channel.then(async (one) => {
      await happens(one, 'open', () => one.readyState === 'open')
      return one
    })
    broken.catch(() => undefined)
    try {
      return await createIceChannel(peer, await within(Promise.race([open, broken]), connecting, signal))
    } catch (error) {
      throw error instanceof Late ? faults.timedOut() : error
    }
  }

  /** Gives up by the clock or the signal; what is waited for goes on and nobody hears of it. */
  async function within<T>(running: Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T> {
    const awake = new AbortController()
    running.catch(() => undefined)
    const given = signal === undefined ? awake.signal : AbortSignal.any([signal, awake.signal])
    const late = clock.sleep(ms, given).then(
      () => Promise.reject(new Late()),
      (error: unknown) => Promise.reject(signal?.aborted === true ? faults.cancelled(error) : error),
    )
    late.catch(() => undefined)
    try {
      return await Promise.race([running, late])
    } finally {
      awake.abort()
    }
  }

  const ice: Ice = {
    config,
    async gather(options = {}) {
      using offer = await ice.offer(options)
      return inCandidateOrder(candidatesIn(offer.description))
    },
    async offer(options = {}) {
      const peer = await makePeer()
      const channel = peer.createDataChannel('palabre')
      return closing(peer, async () => ({
        description: await describe(peer, await peer.createOffer(), options),
        async accept(answer: string, options: Waiting = {}) {
          await peer.setRemoteDescription({ type: 'answer', sdp: answer }).catch(refuseDescription)
          return opened(peer, Promise.resolve(channel), options)
        },
      }))
    },
    async answer(offer, options = {}) {
      const peer = await makePeer()
      const channel = new Promise<PeerChannel>((came) => peer.addEventListener('datachannel', (event) => came(event.channel!)))
      return closing(peer, async () => {
        await peer.setRemoteDescription({ type: 'offer', sdp: offer }).catch(refuseDescription)
        return {
          description: await describe(peer, await peer.createAnswer(), options),
          channel: (options: Waiting = {}) => opened(peer, channel, options),
        }
      })
    },
  }
  return ice
}

class Late extends Error {}

async function closing<T extends object>(peer: Peer, make: () => Promise<T>): Promise<T & Disposable> {
  try {
    return Object.assign(await make(), { [Symbol.dispose]: () => peer.close() })
  } catch (error) {
    peer.close()
    throw error
  }
}

function happens(
  target: { addEventListener(type: string, listener: () => void): void },
  type: string,
  is: () => boolean,
): Promise<void> {
  return new Promise((done) => {
    if (is()) return done()
    target.addEventListener(type, () => is() && done())
  })
}

function refuseDescription(cause: unknown): never {
  throw new PalabreError(
    'bad-argument',
    text('this is not the description of a connection', 'ceci n’est pas la description d’une connexion'),
    { todo: text('Ask for it again, whole.', 'Redemandez-la, entière.'), cause },
  )
}

const again = text('Begin anew, with a new offer.', 'Recommencez, avec une nouvelle offre.')

const faults = {
  cancelled: (cause?: unknown) => new PalabreError('cancelled', text('this was cancelled', 'ceci a été annulé'), { cause }),
  unreachable: () =>
    new PalabreError('unreachable', text('no way between the two was found', 'aucun chemin entre les deux n’a été trouvé'), {
      todo: again,
    }),
  timedOut: () =>
    new PalabreError('timed-out', text('the other side did not answer in time', 'l’autre côté n’a pas répondu à temps'), {
      todo: again,
    }),
  noDescription: () =>
    new PalabreError(
      'timed-out',
      text('nothing was learned about our own addresses', 'rien n’a été appris de nos propres adresses'),
    ),
}
