import * as assert from 'uvu/assert'
import { bodyLimit, type Sealed } from '../contract/suite.ts'
import { lawWith, type Law } from './law.ts'
import { talker, met, utf8, flipped, type SuiteSubject } from './suite-people.ts'

/** What those who are not meant see, and what they can bring about. */
export const secrecyLaws: readonly Law<SuiteSubject>[] = [
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
  lawWith('noise is nobody’s message', async ({ ada, ben }) => {
    const [, b] = await met(ada, ben)
    for (const length of [0, 1, 95, 96, 256, 1500, 16_128, 70_000]) {
      const noise = Uint8Array.from({ length }, (_, i) => (i * 7919) >> 3) as Sealed
      assert.is(b.opens(noise), undefined)
      assert.is(await b.answersWith(noise), undefined)
    }
  }),
]

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
