import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Session, Suite } from '@palabre/sdk/contract/suite'
import { openPerson, openPrimitives } from '../suite/people.ts'
import type { Job, Row } from './job.ts'
import { inTurn } from './rounds.ts'

export const jobs: readonly Job[] = [
  { name: 'messages', run: messages },
  { name: 'set-up', run: setUp },
]

const providers = ['primitives-node', 'primitives-noble'] as const
type People = Awaited<ReturnType<typeof openPerson>>

/** One message sealed and opened, beside what the primitives alone take for the same keys and bytes. */
async function* messages(): AsyncGenerator<Row> {
  for (const id of providers) {
    await using host = await openPrimitives(id)
    const { primitives } = host.lent
    await using ada = await openPerson(primitives)
    await using ben = await openPerson(primitives)
    for (const [what, length] of [
      ['100 B', 100],
      ['14 KiB', 14_336],
    ] as const) {
      const times = id === 'primitives-node' ? 200 : 50
      const body = new Uint8Array(length)
      const pair = await met(ada, ben)
      const size = pair.sizeOf(body)
      yield await row(
        `${id}: one way, ${what}`,
        times,
        () => pair.oneWay(body),
        () => bareMessage(primitives, size),
      )
    }
    const pair = await met(ada, ben)
    const times = id === 'primitives-node' ? 20 : 2
    const body = new Uint8Array(100)
    const size = pair.sizeOf(body)
    yield await row(
      `${id}: in turns, 100 B`,
      times,
      () => pair.inTurns(body),
      () => bareTurn(primitives, size),
    )
    if (id !== 'primitives-node') continue
    const late = await met(ada, ben)
    late.lose(999, body)
    late.lose(999, body)
    yield await row(
      '2,000 missing: one way, 100 B',
      200,
      () => late.oneWay(body),
      () => bareMessage(primitives, size),
    )
  }
}

async function* setUp(): AsyncGenerator<Row> {
  for (const id of providers) {
    await using host = await openPrimitives(id)
    await using ada = await openPerson(host.lent.primitives)
    await using ben = await openPerson(host.lent.primitives)
    const { prekeys, offer } = ben.suite.offer(ben.suite.createPrekeys(0), { once: true })
    const first = ada.suite.seal(ada.suite.begin(offer, ben.identity.signingKey), new Uint8Array(9)).sealed
    const jobsOf = {
      'begin and seal the first': () => void ada.suite.seal(ada.suite.begin(offer, ben.identity.signingKey), new Uint8Array(9)),
      'answer it': () => ben.suite.answer(prekeys, first, async () => undefined),
      'make prekeys': () => ben.suite.createPrekeys(0),
      'offer with a one-time key': () => ben.suite.offer(prekeys, { once: true }),
    }
    for (const [what, act] of Object.entries(jobsOf)) {
      const { ours } = await inTurn(7, { ours: async () => (await nanoseconds(20, act)) / 1e6 })
      yield {
        what: `${id}: ${what}`,
        unit: 'ms',
        ours,
        ...(id === 'primitives-node' ? { aim: { of: 'ours', atMost: 5 } as const } : {}),
      }
    }
  }
}

async function row(what: string, times: number, act: () => void, bare: () => void): Promise<Row> {
  // Machine code comes only after a while.
  for (let i = 0; i < times * 10; i++) {
    act()
    bare()
  }
  const { ours, took } = await inTurn(75, { ours: () => nanoseconds(times, act), took: () => nanoseconds(times, bare) })
  const second = (ns: readonly number[]) => Math.round(1e9 / Math.min(...ns)).toLocaleString('en')
  return {
    what,
    unit: 'ns',
    ours,
    peer: { name: 'bare primitives', took },
    aim: { of: 'ratio', atMost: 2 },
    notes: [`at best ${second(ours)} a second sealed and opened; the primitives alone ${second(took)}`],
  }
}

async function nanoseconds(times: number, act: () => unknown): Promise<number> {
  const begun = performance.now()
  for (let i = 0; i < times; i++) {
    const doing = act()
    if (doing instanceof Promise) await doing
  }
  return ((performance.now() - begun) * 1e6) / times
}

/** Two who have heard each other. */
async function met(ada: People, ben: People) {
  const { prekeys, offer } = ben.suite.offer(ben.suite.createPrekeys(0), { once: true })
  let a: Session = ada.suite.begin(offer, ben.identity.signingKey)
  const hello = ada.suite.seal(a, new Uint8Array(9))
  let b: Session = (await ben.suite.answer(prekeys, hello.sealed, async () => undefined))!.session
  a = hello.session
  const pass = (from: Suite, to: Suite, sender: Session, receiver: Session, body: Uint8Array) => {
    const { session, sealed } = from.seal(sender, body)
    const opened = to.open(receiver, sealed)
    if (opened === undefined) throw new Error('a message did not open')
    return [session, opened.session] as const
  }
  const toBen = (body: Uint8Array) => void ([a, b] = pass(ada.suite, ben.suite, a, b, body))
  const toAda = (body: Uint8Array) => void ([b, a] = pass(ben.suite, ada.suite, b, a, body))
  toAda(new Uint8Array(9))
  return {
    oneWay: toBen,
    inTurns(body: Uint8Array) {
      toBen(body)
      toAda(body)
    },
    lose(count: number, body: Uint8Array) {
      for (let i = 0; i < count; i++) a = ada.suite.seal(a, body).session
      toBen(body)
    },
    sizeOf: (body: Uint8Array) => ada.suite.seal(a, body).sealed.length,
  }
}

/** Two chain steps and two AEADs on each side: nothing less makes and opens such a message. */
function bareMessage({ hmacSha256, aead, randomBytes }: Primitives, size: number): void {
  const nonce = randomBytes(24)
  const sealedHeader = aead.seal(key, nonce, header, said)
  const sealedBody = aead.seal(hmacSha256(key, one), nonce, bodyOf(size), saidWithHeader)
  const nextKey = hmacSha256(key, two)
  if (aead.open(key, nonce, sealedHeader, said) === undefined) throw new Error('a header did not open')
  if (aead.open(hmacSha256(key, one), nonce, sealedBody, saidWithHeader) === undefined) throw new Error('a body did not open')
  if (hmacSha256(key, two).length !== nextKey.length) throw new Error('a chain went astray')
}

/** Two messages, each with a new ratchet key: made once, agreed on twice, mixed into the root twice. */
function bareTurn(primitives: Primitives, size: number): void {
  const { x25519, hkdf } = primitives
  let theirs = x25519.generate()
  for (let i = 0; i < 2; i++) {
    const mine = x25519.generate()
    const agreed = [x25519.agree(mine.secretKey, theirs.publicKey)!, x25519.agree(theirs.secretKey, mine.publicKey)!]
    for (const share of agreed) hkdf(share, key, said, 96)
    bareMessage(primitives, size)
    theirs = mine
  }
}

const key = new Uint8Array(32).fill(7)
const header = new Uint8Array(40)
const said = new Uint8Array(33)
const saidWithHeader = new Uint8Array(33 + 56)
const one = Uint8Array.of(1)
const two = Uint8Array.of(2)
const bodies = new Map<number, Uint8Array>()

function bodyOf(size: number): Uint8Array {
  const length = size - 96
  const body = bodies.get(length) ?? new Uint8Array(length)
  bodies.set(length, body)
  return body
}
