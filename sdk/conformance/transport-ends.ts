import * as assert from 'uvu/assert'
import type { ByteStream } from '../contract/byte-stream.ts'
import { frameLimit, type Link } from '../contract/link.ts'
import type { Network } from '../contract/network.ts'
import { isPalabreError, type PalabreError } from '../error.ts'
import { createTide, type Tide } from './tide.ts'
import type { TransportSubject } from './transport-subject.ts'

/** What a writer may be ahead of a reader who takes his time, in all buffers of both ends together. */
export const ahead = 4 * 1024 * 1024
/** Ten seconds by the contract, and what a busy machine adds. */
export const dialLimit = 15_000

/** Both ends of a new link. */
export async function openLink({ here, there }: TransportSubject): Promise<{ near: Link; far: Link }> {
  const arriving = linkTo(there, here.self)
  const near = await here.dial(there.addresses())
  return { near, far: await arriving }
}

/** The next link of this network to that peer. */
function linkTo(network: Network, peer: string): Promise<Link> {
  return new Promise((resolve) => {
    const watch = network.watch((event) => {
      if (event.kind !== 'link-opened' || event.link.peer !== peer) return
      watch[Symbol.dispose]()
      resolve(event.link)
    })
  })
}

/** Both ends of a stream, and of the link it lies beside. */
export async function openStream(subject: TransportSubject) {
  const both = await openLink(subject)
  const arriving = Promise.withResolvers<ByteStream>()
  using _protocol = subject.there.protocol('/law/stream', (one) => arriving.resolve(one))
  const ours = await subject.here.open(both.near.peer, '/law/stream')
  return { ...both, ours, theirs: await arriving.promise }
}

interface Reached {
  written: number
  read: number
}

/** Closes the link at the end, when all of it was taken. */
export async function writeFrames(one: Link, length: number, reached: Reached): Promise<void> {
  const tide = createTide()
  while (reached.written < length) {
    const frame = tide.next(Math.min(frameLimit, length - reached.written))
    await one.send(frame)
    reached.written += frame.length
  }
  await one.flush()
  await one.close()
}

export async function writeStream(one: ByteStream, length: number, reached: Reached): Promise<void> {
  const tide = createTide()
  while (reached.written < length) {
    const bytes = tide.next(Math.min(48 * 1024 + 1, length - reached.written))
    await one.write(bytes)
    reached.written += bytes.length
  }
  await one.closeWrite()
}

export async function readStream(one: ByteStream, reached: Reached): Promise<void> {
  await readAll(one.bytes, createTide(), reached)
}

export async function readFrames(one: Link, reached: Reached): Promise<void> {
  await readAll(one.frames, createTide(), reached)
}

/** What the writer is ahead lies in somebody's memory. */
async function readAll(source: AsyncIterable<Uint8Array>, tide: Tide, reached: Reached): Promise<void> {
  for await (const bytes of source) {
    tide.check(bytes, bytes.length)
    reached.read += bytes.length
    if (reached.written - reached.read > ahead) throw new Error(`${reached.written - reached.read} bytes are under way`)
  }
}

export async function take(one: Link, count: number): Promise<void> {
  let taken = 0
  for await (const _frame of one.frames) taken++
  assert.is(taken, count)
}

export async function drain(one: ByteStream): Promise<void> {
  for await (const _bytes of one.bytes);
}

export async function pour(one: ByteStream): Promise<never> {
  for (;;) await one.write(new Uint8Array(1024))
}

/** Resolves when a count has not moved for ten round trips to the other end. */
export async function standsStill(count: () => number, link: Link): Promise<void> {
  for (let before = -1, still = 0; still < 10; before = count()) {
    await link.rtt()
    still = count() === before ? still + 1 : 0
  }
}

export async function failure(call: Promise<unknown>): Promise<PalabreError> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  if (outcome === undefined) throw new Error('did not fail')
  if (!isPalabreError(outcome.error)) throw new Error('failed with what is no PalabreError', { cause: outcome.error })
  return outcome.error
}
