import { PalabreError, text } from '@palabre/sdk'
import type { IceChannel } from '@palabre/sdk/contract/ice'
import type { Peer, PeerChannel } from './peer.ts'
import { selectedPair } from './selected-pair.ts'

/** Both ends send what they get back: a question is a zero and four bytes, its answer a one and the same four. */
const length = 5

export async function createIceChannel(peer: Peer, channel: PeerChannel): Promise<IceChannel> {
  const waiting = new Map<number, { done(ms: number): void; fail(error: unknown): void }>()
  let count = 0
  let over = false

  const end = () => {
    over = true
    for (const { fail } of waiting.values()) fail(closed())
    waiting.clear()
  }
  channel.binaryType = 'arraybuffer'
  channel.addEventListener('message', ({ data }) => {
    const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data instanceof Uint8Array ? data : undefined
    if (bytes === undefined || bytes.length !== length) return
    if (bytes[0] === 0) channel.send(Uint8Array.of(1, ...bytes.subarray(1)))
    else waiting.get(numberIn(bytes))?.done(performance.now())
  })
  channel.addEventListener('close', end)

  return {
    pair: await selectedPair(peer),
    rtt: ({ signal } = {}) =>
      new Promise((resolve, reject) => {
        if (over || channel.readyState !== 'open') return reject(closed())
        if (signal?.aborted === true) return reject(cancelled(signal.reason))
        const id = count++ >>> 0
        const sent = performance.now()
        const settle = <T>(outcome: (value: T) => void) => {
          return (value: T) => {
            waiting.delete(id)
            signal?.removeEventListener('abort', quit)
            outcome(value)
          }
        }
        const fail = settle(reject)
        const quit = () => fail(cancelled(signal?.reason))
        waiting.set(id, { done: settle((at: number) => resolve(at - sent)), fail })
        signal?.addEventListener('abort', quit, { once: true })
        channel.send(question(id))
      }),
    [Symbol.dispose]() {
      peer.close()
      end()
    },
  }
}

function question(id: number): Uint8Array {
  const bytes = new Uint8Array(length)
  new DataView(bytes.buffer).setUint32(1, id)
  return bytes
}

const numberIn = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, length).getUint32(1)

const closed = () => new PalabreError('closed', text('the channel has ended', 'le canal est terminé'))
const cancelled = (cause: unknown) => new PalabreError('cancelled', text('this was cancelled', 'ceci a été annulé'), { cause })
