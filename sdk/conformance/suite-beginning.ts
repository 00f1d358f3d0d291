import * as assert from 'uvu/assert'
import { lawWith, type Law } from './law.ts'
import { codeOf, day, begin, talker, met, flipped, type SuiteSubject, type Talker } from './suite-people.ts'

/** How sessions begin: offers, crossings, repairs. */
export const beginningLaws: readonly Law<SuiteSubject>[] = [
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
    assert.is(standingOf(b).given, 1)
    const first = a.says('first')
    assert.equal(await b.answers(first), 'first')
    assert.is(standingOf(b).given, 0)
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
  lawWith('keys are renewed after a week, and the old ones open for thirty days more', async ({ ada, ben }) => {
    const [a, b] = [talker(ada), talker(ben)]
    assert.is(ben.suite.renewPrekeys(b.prekeys, begin), undefined)
    assert.is(ben.suite.renewPrekeys(b.prekeys, begin + 6 * day), undefined)
    const { ready, ...dates } = standingOf(b)
    assert.equal(dates, { madeAt: begin, dueAt: begin + 7 * day, earlierUntil: undefined, given: 0 })
    const offer = b.offers({ once: false })
    b.prekeys = ben.suite.renewPrekeys(b.prekeys, begin + 7 * day)!
    assert.not.equal(b.offers({ once: false }), offer)
    const renewed = { madeAt: begin + 7 * day, dueAt: begin + 14 * day, earlierUntil: begin + 37 * day }
    assert.equal(standingOf(b), { ...renewed, ready, given: 0 })
    a.begins(b, offer)
    const [soon, late] = [a.says('soon'), a.says('late')]
    assert.equal(await b.answers(soon), 'soon')
    for (let weeks = 2; weeks < 10; weeks++) b.prekeys = ben.suite.renewPrekeys(b.prekeys, begin + weeks * 7 * day) ?? b.prekeys
    assert.is(standingOf(b).earlierUntil, begin + (8 * 7 + 37) * day)
    b.session = undefined
    assert.is(await b.answers(late), undefined)
    a.session = undefined
    a.begins(b)
    assert.equal(await b.answers(a.says('with the new ones')), 'with the new ones')
  }),
]

const standingOf = ({ person, prekeys }: Talker) => person.suite.prekeysStanding(prekeys)
