import { isPalabreError, type Code } from '@palabre/sdk'
import type { Prekeys, Sealed, Session } from '@palabre/sdk/contract/suite'
import { createDoubleRatchet, type DoubleRatchet, type RatchetParts } from '@palabre/suite-ratchet/double-ratchet'
import { ratchetParts } from '@palabre/suite-ratchet/ratchet-parts'
import { testSeed } from '@palabre/sdk/testkit'
import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openPerson, openPrimitives } from './people.ts'

/**
 * Everything that is decoded, given what nobody wrote: sound bytes bent, cut, lengthened, and bytes that never were sound. It may be
 * refused in the one way that is promised; nothing else may happen. What once broke something, or is made to, stands in corpus.json.
 */
const seed = testSeed()
const budget = 1500

type People = Awaited<ReturnType<typeof openPerson>>

const test = suite<{
  ada: People
  ben: People
  close(): Promise<void>
  sound: { offers: Uint8Array[]; first: Sealed[]; next: Sealed[]; sessions: Session[]; prekeys: Prekeys[] }
  parts: RatchetParts
  machine: DoubleRatchet
  benNow: { prekeys: Prekeys; session: Session }
}>(`decoders (seed ${seed})`)

test.before(async (context) => {
  const host = await openPrimitives('primitives-node')
  const [ada, ben] = [await openPerson(host.lent.primitives), await openPerson(host.lent.primitives)]
  const parts = ratchetParts(host.lent.primitives)
  Object.assign(context, { parts, machine: createDoubleRatchet(parts), ada, ben, ...(await conversationOf(ada, ben)) })
  context.close = async () => {
    await ada[Symbol.asyncDispose]()
    await ben[Symbol.asyncDispose]()
    await host.stop()
  }
})
test.after(({ close }) => close())

/** One of everything, with lists that are not empty. */
async function conversationOf({ suite: a }: People, { suite: b, identity }: People) {
  const [once, last] = [b.offer(b.createPrekeys(0), { once: true }), b.offer(b.createPrekeys(0), { once: false })]
  const body = new Uint8Array(40)
  let session = a.begin(once.offer, identity.signingKey)
  const first = Array.from({ length: 3 }, () => {
    const sealed = a.seal(session, body)
    session = sealed.session
    return sealed.sealed
  })
  const answered = (await b.answer(once.prekeys, first[2]!, async () => undefined))!
  const reply = b.seal(answered.session, body)
  const opened = a.open(session, reply.sealed)!
  const [skipped, next] = [a.seal(opened.session, body), a.seal(a.seal(opened.session, body).session, body)]
  const renewed = b.open(reply.session, next.sealed)!
  return {
    sound: {
      offers: [once.offer, last.offer],
      first,
      next: [skipped.sealed, next.sealed, reply.sealed],
      sessions: [session, answered.session, reply.session, opened.session, renewed.session],
      prekeys: [once.prekeys, answered.prekeys, b.renewPrekeys(once.prekeys, 8 * 24 * 3_600_000)!],
    },
    benNow: { prekeys: once.prekeys, session: answered.session },
  }
}

/** Sound bytes after an accident, and bytes from nowhere. */
function bent<Bytes extends Uint8Array>(sound: readonly Bytes[], corpus: readonly string[]): fc.Arbitrary<Bytes> {
  const accident = fc.record({
    bytes: fc.constantFrom(...sound),
    at: fc.nat(),
    kind: fc.constantFrom('flip', 'set', 'cut', 'grow', 'swap'),
    value: fc.nat(255),
  })
  const afterwards = accident.map(({ bytes, at, kind, value }) => {
    const place = at % bytes.length
    if (kind === 'cut') return bytes.slice(0, place)
    if (kind === 'grow') return Uint8Array.of(...bytes.subarray(0, place), value, ...bytes.subarray(place))
    if (kind === 'swap') return Uint8Array.of(...bytes.subarray(place), ...bytes.subarray(0, place))
    return bytes.map((byte, i) => (i === place ? (kind === 'flip' ? byte ^ (1 << (value & 7)) : value) : byte))
  })
  const kept = corpus.map((hex) => new Uint8Array(Buffer.from(hex, 'hex')))
  const any = fc.uint8Array({ maxLength: 2000, size: 'max' })
  return fc.oneof(
    { weight: 6, arbitrary: afterwards },
    { weight: 1, arbitrary: any },
    { weight: 1, arbitrary: fc.constantFrom(...kept) },
  ) as fc.Arbitrary<Bytes>
}

const corpus = JSON.parse(readFileSync(join(import.meta.dirname, 'corpus.json'), 'utf8')) as Record<string, string[]>
const all = Object.values(corpus).flat()

function codeOf(act: () => unknown): Code | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    if (isPalabreError(error)) return error.code
    throw error
  }
}

const isOneOf = (given: Uint8Array, sound: readonly Uint8Array[]) => sound.some((one) => Buffer.compare(one, given) === 0)

test('offer', ({ ada, ben, sound }) => {
  fc.assert(
    fc.property(bent(sound.offers, all), (offer) => {
      const code = codeOf(() => ada.suite.begin(offer, ben.identity.signingKey))
      assert.is(code, isOneOf(offer, sound.offers) ? undefined : 'peer-misbehaved')
    }),
    { seed, numRuns: budget },
  )
})

test('sealed, first and next', async ({ ben, sound, benNow }) => {
  const { prekeys, session } = benNow
  await fc.assert(
    fc.asyncProperty(bent([...sound.first, ...sound.next], all), async (sealed) => {
      const opened = ben.suite.open(session, sealed)
      const answered = await ben.suite.answer(prekeys, sealed, async () => undefined)
      if (isOneOf(sealed, [...sound.first, ...sound.next])) return
      assert.is(opened, undefined)
      assert.is(answered, undefined)
    }),
    { seed, numRuns: budget },
  )
})

test('header, sealed with the right key', ({ parts, machine }) => {
  const random = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
  const number = fc.oneof(fc.nat(1100), fc.nat(2 ** 31 - 1), fc.constantFrom(2 ** 31, 2 ** 32 - 1))
  const secrets = {
    root: new Uint8Array(32),
    initiatorHeader: new Uint8Array(32).fill(1),
    responderHeader: new Uint8Array(32).fill(2),
  }
  const ratchet = machine.respond(secrets, parts.generate())
  fc.assert(
    fc.property(random(32), number, number, (ratchetKey, before, n) => {
      const keys = { headerKey: secrets.initiatorHeader, messageKey: new Uint8Array(32) }
      const message = parts.sealMessage(keys, { ratchetKey, before, n }, new Uint8Array(9), new Uint8Array())
      assert.is(machine.open(ratchet, message, new Uint8Array(), 0), undefined)
    }),
    { seed, numRuns: budget / 10 },
  )
})

test('session', async ({ ben, sound, benNow }) => {
  const body = new Uint8Array(9)
  await fc.assert(
    fc.asyncProperty(bent(sound.sessions, all), fc.constantFrom(...sound.first, ...sound.next), async (session, sealed) => {
      for (const act of [() => ben.suite.seal(session, body), () => ben.suite.open(session, sealed)])
        assert.ok([undefined, 'storage-failed', 'wrong-version'].includes(codeOf(act)))
      const code = await ben.suite
        .answer(benNow.prekeys, sealed, async () => session)
        .then(
          () => undefined,
          (error: unknown) => (isPalabreError(error) ? error.code : error),
        )
      assert.ok([undefined, 'storage-failed', 'wrong-version', 'internal'].includes(code as string))
    }),
    { seed, numRuns: budget },
  )
})

test('prekeys', async ({ ben, sound }) => {
  await fc.assert(
    fc.asyncProperty(bent(sound.prekeys, all), fc.constantFrom(...sound.first), async (prekeys, sealed) => {
      for (const act of [() => ben.suite.offer(prekeys, { once: true }), () => ben.suite.renewPrekeys(prekeys, 1)])
        assert.ok([undefined, 'storage-failed', 'wrong-version'].includes(codeOf(act)))
      const code = await ben.suite
        .answer(prekeys, sealed, async () => undefined)
        .then(
          () => undefined,
          (error: unknown) => (isPalabreError(error) ? error.code : error),
        )
      assert.ok([undefined, 'storage-failed', 'wrong-version'].includes(code as string), String(code))
    }),
    { seed, numRuns: budget / 3 },
  )
})

test.run()
