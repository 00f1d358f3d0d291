import * as assert from 'uvu/assert'
import { bodyLimit, sealedLimit } from '../contract/suite.ts'
import { lawWith, type Law } from './law.ts'
import { codeOf, talker, met, utf8, type SuiteSubject } from './suite-people.ts'

/** How two talk in a session that stands. */
export const talkLaws: readonly Law<SuiteSubject>[] = [
  lawWith('two who never met talk in both directions, in order', async ({ ada, ben }) => {
    const [a, b] = await met(ada, ben)
    for (let turn = 0; turn < 4; turn++) {
      for (const body of ['one', 'two', 'three']) assert.equal(b.hears(a.says(body)), body)
      for (const body of ['four', 'five']) assert.equal(a.hears(b.says(body)), body)
    }
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
]

function copyOf<Bytes extends Uint8Array>(bytes: Bytes): Bytes {
  return Uint8Array.from(bytes) as Bytes
}
