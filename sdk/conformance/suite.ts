import * as assert from 'uvu/assert'
import {
  bodyLimit,
  sealedLimit,
  type Answered,
  type Opened,
  type Prekeys,
  type Sealed,
  type Session,
  type Suite,
} from '../contract/suite.ts'
import { isPalabreError, type Code } from '../error.ts'
import { lawWith, type Law } from './law.ts'

/** Three people who never met. */
export interface SuiteSubject {
  readonly ada: SuitePerson
  readonly ben: SuitePerson
  readonly eve: SuitePerson
}

export interface SuitePerson {
  /** As it is now, after a restart another one. */
  readonly suite: Suite
  readonly signingKey: Uint8Array
  readonly agreementKey: Uint8Array
  /** Everything of this person's stops and starts again. */
  restarted(): Promise<void>
}

export const suiteLaws: readonly Law<SuiteSubject>[] = [
  lawWith('two who never met talk in both directions, in order', async ({ ada, ben }) => {
    const [a, b] = await met(ada, ben)
    for (let turn = 0; turn < 4; turn++) {
      for (const body of ['one', 'two', 'three']) assert.equal(b.hears(a.says(body)), body)
      for (const body of ['four', 'five']) assert.equal(a.hears(b.says(body)), body)
    }
  }),
  lawWith('whoever answers knows who wrote, and nobody else is asked about', async ({ ada, ben }) => {
    const [a, b] = [talker(ada), talker(ben)]
    a.begins(b)
    const asked: Uint8Array[] = []
    const answered = await ben.suite.answer(b.prekeys, a.says('hello'), async (them) => {
      asked.push(them)
      return undefined
    })
    assert.equal(answered!.them, ada.signingKey)
    assert.equal(asked, [ada.signingKey])
    assert.is(answered!.repaired, false)
  }),
  lawWith('messages open in any order, each once', async ({ ada, ben }) => {
    const [a, b] = await met(ada, ben)
    const sent = Array.from({ length: 20 }, (_, i) => ({ body: `m${i}`, sealed: a.says(`m${i}`) }))
    b.hears(sent[19]!.sealed)
    a.hears(b.says('turn'))
    const later = Array.from({ length: 5 }, (_, i) => ({ body: `n${i}`, sealed: a.says(`n${i}`) }))
    for (const { body, sealed } of [...later.toReversed(), ...sent.slice(0, 19).toReversed()]) assert.equal(b.hears(sealed), body)
    for (const { sealed } of [...sent, ...later]) assert.is(b.hears(sealed), undefined, 'a second time')
  }),
  lawWith('what is lost stops nothing', async ({ ada, ben }) => {
    const [a, b] = await met(ada, ben)
    for (let turn = 0; turn < 10; turn++) {
      for (let lost = 0; lost < turn; lost++) a.says('lost')
      assert.equal(b.hears(a.says('came')), 'came')
      b.says('lost too')
      assert.equal(a.hears(b.says('back')), 'back')
    }
  }),
  lawWith('several first messages open before an answer, in any order', async ({ ada, ben }) => {
    const [a, b] = [talker(ada), talker(ben)]
    a.begins(b)
    const [first, second, third] = [a.says('1'), a.says('2'), a.says('3')]
    assert.equal(await b.answers(second), '2')
    assert.equal([b.hears(third), b.hears(first)], ['3', '1'])
    assert.is(b.hears(second), undefined)
    assert.is(await b.answers(second), undefined)
    assert.equal(a.hears(b.says('yes')), 'yes')
  }),
  lawWith('an offer with a one-time key opens for one beginning only', async ({ ada, ben, eve }) => {
    const [a, e, b] = [talker(ada), talker(eve), talker(ben)]
    const offer = b.offers({ once: true })
    a.begins(b, offer)
    e.begins(b, offer)
    const first = a.says('first')
    assert.equal(await b.answers(first), 'first')
    assert.is(await b.answers(e.says('second')), undefined)
    b.session = undefined
    assert.is(await b.answers(first), undefined, 'a replay after the session is gone')
  }),
  lawWith('one-time keys do not run out', async ({ ada, ben }) => {
    const [a, b] = [talker(ada), talker(ben)]
    const offers = Array.from({ length: 130 }, () => b.offers({ once: true }))
    assert.is(new Set(offers.map(String)).size, 130)
    for (const offer of [offers[0]!, offers[129]!]) {
      a.session = b.session = undefined
      a.begins(b, offer)
      assert.equal(await b.answers(a.says('hello')), 'hello')
    }
  }),
  lawWith('a last-resort offer opens for many, but no first message twice', async ({ ada, ben, eve }) => {
    const [a, e, b] = [talker(ada), talker(eve), talker(ben)]
    const offer = b.offers({ once: false })
    a.begins(b, offer)
    e.begins(b, offer)
    const first = a.says('from a')
    assert.equal(await b.answers(first), 'from a')
    b.session = undefined
    assert.equal(await b.answers(e.says('from e')), 'from e')
    b.session = undefined
    assert.is(await b.answers(first), undefined)
  }),
  lawWith('two who begin at once settle on one session and hear everything', async ({ ada, ben }) => {
    for (let round = 0; round < 8; round++) {
      const [a, b] = [talker(ada), talker(ben)]
      a.begins(b)
      b.begins(a)
      const [fromA, fromB] = [
        [a.says('a1'), a.says('a2')],
        [b.says('b1'), b.says('b2')],
      ] as const
      assert.equal([await a.answers(fromB[0]), a.repaired], ['b1', false])
      assert.equal([await b.answers(fromA[1]), b.repaired], ['a2', false])
      for (let turn = 0; turn < 3; turn++) {
        assert.equal(await b.takes(a.says('to b')), 'to b')
        assert.equal(await a.takes(b.says('to a')), 'to a')
      }
      assert.equal([await a.takes(fromB[1]), await b.takes(fromA[0])], ['b2', 'a1'], 'what was late')
      // A first message is larger than another one of the same length: both have an answer on what they seal with.
      for (const sealed of [a.says('x'), b.says('x')]) assert.ok(sealed.length < fromA[0].length)
    }
  }),
  lawWith('a beginning that crossed another and comes late changes nothing any more', async ({ ada, ben }) => {
    for (let round = 0; round < 8; round++) {
      const [a, b] = [talker(ada), talker(ben)]
      a.begins(b)
      b.begins(a)
      const [fromA, late] = [a.says('a'), b.says('late')]
      assert.equal(await b.takes(fromA), 'a')
      assert.equal(await a.takes(b.says('answer')), 'answer')
      const before = a.says('before')
      assert.equal([await a.takes(late), a.repaired], ['late', false])
      assert.equal([await b.takes(a.says('after')), b.repaired], ['after', false])
      assert.equal(await a.takes(b.says('on')), 'on')
      assert.equal(await b.takes(before), 'before')
      for (const sealed of [a.says('x'), b.says('x')]) assert.ok(sealed.length < fromA.length)
    }
  }),
  lawWith('too many that are missing are not made up for, and beginning anew helps', async ({ ada, ben }) => {
    const [a, b] = await met(ada, ben)
    const early = a.says('early')
    for (let lost = 0; lost < 5000; lost++) a.says('lost')
    const session = copyOf(b.session!)
    assert.is(b.hears(a.says('far')), undefined)
    assert.equal(b.session, session)
    assert.equal(b.hears(early), 'early')
    b.begins(a, a.offers({ once: false }), b.session)
    assert.equal([await a.answers(b.says('anew')), a.repaired], ['anew', true])
    assert.equal(b.hears(a.says('good')), 'good')
  }),
  lawWith('who has lost a session begins anew: the other is told and hears what was under way', async ({ ada, ben }) => {
    const [a, b] = await met(ada, ben)
    const underWay = b.says('under way')
    a.session = undefined
    a.begins(b)
    assert.is(a.hears(underWay), undefined)
    assert.equal([await b.answers(a.says('anew')), b.repaired], ['anew', true])
    assert.equal(a.hears(b.says('good')), 'good')
    assert.equal(b.hears(a.says('still')), 'still')
    assert.is(b.repaired, false)
  }),
  lawWith('a session begun over another goes on opening what is under way', async ({ ada, ben }) => {
    const [a, b] = await met(ada, ben)
    const [toA, toB] = [b.says('to a'), a.says('to b')]
    a.begins(b, b.offers({ once: false }), a.session)
    assert.equal([await b.answers(a.says('anew')), b.repaired], ['anew', true])
    assert.equal([a.hears(toA), b.hears(toB)], ['to a', 'to b'])
    assert.equal(a.hears(b.says('good')), 'good')
  }),
  lawWith('a session set back to a copy recovers by beginning anew', async ({ ada, ben }) => {
    const [a, b] = await met(ada, ben)
    const copy = b.session
    for (let turn = 0; turn < 3; turn++) {
      b.hears(a.says('on'))
      a.hears(b.says('on'))
    }
    b.session = copy
    assert.is(b.hears(a.says('lost')), undefined)
    b.begins(a, a.offers({ once: false }), b.session)
    assert.equal([await a.answers(b.says('anew')), a.repaired], ['anew', true])
    assert.equal(b.hears(a.says('good')), 'good')
  }),
  lawWith('only who it is for opens it', async ({ ada, ben, eve }) => {
    const [a, b] = await met(ada, ben)
    const [e] = await met(eve, ben)
    const fresh = talker(ada)
    fresh.begins(b)
    const [first, next] = [fresh.says('for ben'), a.says('for ben')]
    assert.is(e.hears(next), undefined)
    assert.is(await e.answers(first), undefined)
    assert.is(a.hears(next), undefined, 'not even who wrote it')
    assert.is(await b.answers(next), undefined)
  }),
  lawWith('an offer that is not one, not theirs or altered is refused', async ({ ada, ben, eve }) => {
    const [b, e] = [talker(ben), talker(eve)]
    for (const once of [true, false]) {
      const offer = b.offers({ once })
      const begin = (bytes: Uint8Array, them = ben.signingKey) => codeOf(() => ada.suite.begin(bytes, them))
      assert.is(begin(offer), undefined)
      assert.is(begin(offer, eve.signingKey), 'peer-misbehaved')
      assert.is(begin(e.offers({ once })), 'peer-misbehaved')
      for (const length of [0, 1, offer.length - 1]) assert.is(begin(offer.slice(0, length)), 'peer-misbehaved')
      assert.is(begin(Uint8Array.of(...offer, 0)), 'peer-misbehaved')
      for (let at = 0; at < offer.length; at += 41) assert.is(begin(flipped(offer, at)), 'peer-misbehaved')
    }
  }),
  lawWith('whatever is altered does not open, and changes nothing', async ({ ada, ben }) => {
    const [a, b] = await met(ada, ben)
    const fresh = talker(ada)
    fresh.begins(b)
    const [first, second, next] = [fresh.says('hello'), fresh.says('again'), a.says('hello')]
    const state = { prekeys: Uint8Array.from(b.prekeys), session: Uint8Array.from(b.session!) }
    const altered = (sealed: Sealed, step: number) => [
      ...Array.from({ length: Math.ceil(sealed.length / step) }, (_, i) => flipped(sealed, i * step) as Sealed),
      sealed.slice(0, -1) as Sealed,
      Uint8Array.of(...sealed, 0) as Sealed,
      new Uint8Array() as Sealed,
    ]
    for (const one of altered(next, 7)) assert.is(b.hears(one), undefined)
    for (const one of altered(first, 61)) assert.is(await b.answers(one), undefined)
    assert.equal({ prekeys: b.prekeys, session: b.session }, state)
    assert.equal(b.hears(next), 'hello')
    assert.equal(await b.answers(first), 'hello')
    const after = Uint8Array.from(b.session!)
    for (const one of altered(second, 61)) assert.is(b.hears(one), undefined)
    assert.equal(b.session, after)
    assert.equal(b.hears(second), 'again')
  }),
  lawWith('no step changes what it is given', async ({ ada, ben }) => {
    const [a, b] = [talker(ada), talker(ben)]
    const given: { bytes: Uint8Array; before: Uint8Array }[] = []
    const keep = <Bytes extends Uint8Array>(bytes: Bytes): Bytes => {
      given.push({ bytes, before: Uint8Array.from(bytes) })
      return bytes
    }
    const { prekeys, offer } = ben.suite.offer(keep(b.prekeys), { once: true })
    const begun = ada.suite.begin(keep(offer), keep(ben.signingKey))
    const body = keep(utf8('hello'))
    const { session, sealed } = ada.suite.seal(keep(begun), body)
    const answered = await ben.suite.answer(keep(prekeys), keep(sealed), async () => undefined)
    const reply = ben.suite.seal(keep(answered!.session), body)
    assert.ok(ada.suite.open(keep(session), keep(reply.sealed)))
    a.session = session
    for (const { bytes, before } of given) assert.equal(bytes, before)
  }),
  lawWith('bodies of every length up to the limit come back, and no longer one is taken', async ({ ada, ben }) => {
    const [a, b] = await met(ada, ben)
    const fresh = talker(ada)
    for (const length of [0, 1, 255, 4096, bodyLimit]) {
      const body = Uint8Array.from({ length }, (_, i) => i * 31)
      const sealed = a.seals(body)
      assert.ok(sealed.length <= sealedLimit)
      assert.equal(b.opens(sealed)!.body, body)
      fresh.session = b.session = undefined
      fresh.begins(b)
      const first = fresh.seals(body)
      assert.ok(first.length <= sealedLimit, `${first.length}`)
      assert.equal((await b.answersWith(first))!.body, body)
      a.session = fresh.session
      a.hears(b.says('turn'))
    }
    assert.is(
      codeOf(() => a.seals(new Uint8Array(bodyLimit + 1))),
      'too-large',
    )
  }),
  lawWith('few sizes are seen, whatever the length', async ({ ada, ben }) => {
    const [a, b] = await met(ada, ben)
    const fresh = talker(ada)
    fresh.begins(b)
    for (const one of [a, fresh]) {
      const sizes = new Set<number>()
      for (let length = 0; length <= bodyLimit; length += 64) sizes.add(one.seals(new Uint8Array(length)).length)
      assert.ok(Math.min(...sizes) >= 256)
      assert.ok(sizes.size < 100, `${sizes.size} sizes`)
    }
    assert.is(a.seals(new Uint8Array()).length, a.seals(new Uint8Array(100)).length)
  }),
  lawWith('neither who writes to whom nor what can be read off the wire', async ({ ada, ben }) => {
    const [a, b] = [talker(ada), talker(ben)]
    a.begins(b)
    const mark = 'a mark that is easily found'
    const wire = [a.says(mark)]
    assert.equal(await b.answers(wire[0]!), mark)
    for (let turn = 0; turn < 3; turn++) {
      wire.push(b.says(mark))
      assert.equal(a.hears(wire.at(-1)!), mark)
      wire.push(a.says(mark))
      assert.equal(b.hears(wire.at(-1)!), mark)
    }
    const secrets = [mark, 'ratchet', 'palabre'].map(utf8)
    const keys = [ada, ben].flatMap(({ signingKey, agreementKey }) => [signingKey, agreementKey])
    for (const sealed of wire) for (const one of [...secrets, ...keys]) assert.not.ok(isIn(sealed, one))
    for (const [one, other] of pairs(wire)) assert.not.ok(shareBytes(one, other), 'nothing shows that two belong together')
  }),
  lawWith('states outlive a restart on both sides', async ({ ada, ben }) => {
    const [a, b] = [talker(ada), talker(ben)]
    a.begins(b)
    const first = a.says('first')
    await ada.restarted()
    await ben.restarted()
    const again = [talker(ada), talker(ben)] as const
    again[0].session = copyOf(a.session!)
    again[1].prekeys = copyOf(b.prekeys)
    assert.equal(await again[1].answers(first), 'first')
    assert.equal(again[0].hears(again[1].says('answer')), 'answer')
    assert.equal(again[1].hears(again[0].says('on')), 'on')
  }),
  lawWith('keys are renewed after a week, and the old ones open for thirty days more', async ({ ada, ben }) => {
    const [a, b] = [talker(ada), talker(ben)]
    assert.is(ben.suite.renewPrekeys(b.prekeys, begin), undefined)
    assert.is(ben.suite.renewPrekeys(b.prekeys, begin + 6 * day), undefined)
    const offer = b.offers({ once: false })
    b.prekeys = ben.suite.renewPrekeys(b.prekeys, begin + 7 * day)!
    assert.not.equal(b.offers({ once: false }), offer)
    a.begins(b, offer)
    const [soon, late] = [a.says('soon'), a.says('late')]
    assert.equal(await b.answers(soon), 'soon')
    for (let weeks = 2; weeks < 10; weeks++) b.prekeys = ben.suite.renewPrekeys(b.prekeys, begin + weeks * 7 * day) ?? b.prekeys
    b.session = undefined
    assert.is(await b.answers(late), undefined)
    a.session = undefined
    a.begins(b)
    assert.equal(await b.answers(a.says('with the new ones')), 'with the new ones')
  }),
  lawWith('noise is nobody’s message', async ({ ada, ben }) => {
    const [, b] = await met(ada, ben)
    for (const length of [0, 1, 95, 96, 256, 1500, 16_128, 70_000]) {
      const noise = Uint8Array.from({ length }, (_, i) => (i * 7919) >> 3) as Sealed
      assert.is(b.opens(noise), undefined)
      assert.is(await b.answersWith(noise), undefined)
    }
  }),
]

const day = 24 * 60 * 60 * 1000
const begin = Date.UTC(2026, 0, 1)

/** One person in one conversation, with the states kept from step to step. */
interface Talker {
  prekeys: Prekeys
  session: Session | undefined
  /** Of what was heard last. */
  readonly repaired: boolean
  offers(options: { readonly once: boolean }): Uint8Array
  begins(other: Talker, offer?: Uint8Array, existing?: Session): void
  seals(body: Uint8Array): Sealed
  says(body: string): Sealed
  opens(sealed: Sealed): Opened | undefined
  hears(sealed: Sealed): string | undefined
  answersWith(sealed: Sealed): Promise<Answered | undefined>
  answers(sealed: Sealed): Promise<string | undefined>
  /** As one does who does not know what comes. */
  takes(sealed: Sealed): Promise<string | undefined>
  readonly person: SuitePerson
}

function talker(person: SuitePerson): Talker {
  const { suite } = person
  let repaired = false
  const kept = <Step extends Opened>(step: Step | undefined): Step | undefined => {
    if (step !== undefined) [self.session, repaired] = [step.session, step.repaired]
    return step
  }
  const self: Talker = {
    person,
    prekeys: suite.createPrekeys(begin),
    session: undefined,
    get repaired() {
      return repaired
    },
    offers(options) {
      const { prekeys, offer } = suite.offer(self.prekeys, options)
      self.prekeys = prekeys
      return offer
    },
    begins(other, offer = other.offers({ once: true }), existing) {
      self.session = suite.begin(offer, other.person.signingKey, existing)
    },
    seals(body) {
      const { session, sealed } = suite.seal(self.session!, body)
      self.session = session
      return sealed
    },
    says: (body) => self.seals(utf8(body)),
    opens: (sealed) => kept(suite.open(self.session!, sealed)),
    hears: (sealed) => textOf(self.opens(sealed)),
    async answersWith(sealed) {
      const step = kept(await suite.answer(self.prekeys, sealed, async () => self.session))
      if (step !== undefined) self.prekeys = step.prekeys
      return step
    },
    answers: async (sealed) => textOf(await self.answersWith(sealed)),
    takes: async (sealed) => self.hears(sealed) ?? self.answers(sealed),
  }
  return self
}

/** Two who have heard each other once. */
async function met(one: SuitePerson, other: SuitePerson): Promise<[Talker, Talker]> {
  const [a, b] = [talker(one), talker(other)]
  a.begins(b)
  await b.answers(a.says('hello'))
  a.hears(b.says('hello'))
  return [a, b]
}

function utf8(body: string): Uint8Array {
  return new TextEncoder().encode(body)
}

function textOf(step: Opened | undefined): string | undefined {
  return step && new TextDecoder().decode(step.body)
}

function copyOf<Bytes extends Uint8Array>(bytes: Bytes): Bytes {
  return Uint8Array.from(bytes) as Bytes
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))
}

function codeOf(fn: () => unknown): Code | undefined {
  try {
    fn()
  } catch (error) {
    if (isPalabreError(error)) return error.code
    throw error
  }
  return undefined
}

function isIn(whole: Uint8Array, part: Uint8Array): boolean {
  for (let at = 0; at + part.length <= whole.length; at++) if (part.every((byte, i) => whole[at + i] === byte)) return true
  return false
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, i) => items.slice(i + 1).map((other): [T, T] => [one, other]))
}

/** Eight in a row at the same place: a chance of one in 10^19 for each place. */
function shareBytes(one: Uint8Array, other: Uint8Array): boolean {
  let row = 0
  for (let at = 0; at < Math.min(one.length, other.length); at++) {
    row = one[at] === other[at] ? row + 1 : 0
    if (row === 8) return true
  }
  return false
}
