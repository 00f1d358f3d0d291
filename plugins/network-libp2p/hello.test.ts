import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeCount, decodeGoodbye, encodeCount, encodeGoodbye, encodeHello, freshSession, hear, isSameSession } from './hello.ts'
import { kinds, type FrameFault, type Kind } from './frame.ts'
import { goodbyes } from './goodbye.ts'
import type { Lane } from './lane.ts'

/** A lane on which the test is the other end. */
function lane() {
  const said: [Kind, Uint8Array][] = []
  let tell: ((kind: Kind, payload: Uint8Array) => void) | undefined
  let over: ((fault?: FrameFault) => void) | undefined
  const one = {
    run: (driver: { frame: typeof tell; end: typeof over }) => {
      tell = driver.frame
      over = driver.end
    },
    rest: () => undefined,
    finish: async (kind: Kind, payload: Uint8Array) => void said.push([kind, payload]),
    abort: () => undefined,
  } as unknown as Lane
  return { one, said, tell: (kind: Kind, payload: Uint8Array) => tell!(kind, payload), over: (fault?: FrameFault) => over!(fault) }
}

const signal = new AbortController().signal

test('a hello says which link, whether it moves, and how much came', async () => {
  const session = freshSession()
  const { one, tell } = lane()
  const heard = hear(one, signal)
  tell(kinds.hello, Uint8Array.of(...encodeHello({ resume: true, session, received: 2 ** 40 }), 1, 2, 3))
  const hello = await heard
  assert.ok(hello.resume && isSameSession(hello.session, session))
  assert.is(hello.received, 2 ** 40)
})

test('anything else instead is refused with a reason', async () => {
  const cases: [Kind, Uint8Array][] = [
    [kinds.data, Uint8Array.of(1)],
    [kinds.hello, new Uint8Array(24)],
    [kinds.hello, new Uint8Array(25).fill(2)],
  ]
  for (const [kind, payload] of cases) {
    const { one, said, tell } = lane()
    const heard = hear(one, signal).catch((error: { fault?: string }) => error.fault)
    tell(kind, payload)
    assert.is(await heard, 'order')
    assert.is(said[0]![0], kinds.goodbye)
    assert.is(decodeGoodbye(said[0]![1]).code, goodbyes.misbehaved)
  }
})

test('a frame that cannot be read is answered with why', async () => {
  for (const [fault, goodbye] of [
    ['too-large', goodbyes.tooLarge],
    ['unknown-version', goodbyes.unknownVersion],
    ['malformed', goodbyes.misbehaved],
  ] as const) {
    const { one, said, over } = lane()
    const heard = hear(one, signal).catch((error: { fault?: string }) => error.fault)
    over(fault)
    assert.is(await heard, fault)
    assert.is(decodeGoodbye(said[0]![1]).code, goodbye)
  }
})

test('a goodbye instead tells its code', async () => {
  const { one, tell } = lane()
  const heard = hear(one, signal).catch((error: { goodbye?: number }) => error.goodbye)
  tell(kinds.goodbye, encodeGoodbye(goodbyes.busy, 7))
  assert.is(await heard, goodbyes.busy)
})

test('counts survive, and what is too short is a count nobody reaches', () => {
  for (const count of [0, 1, 2 ** 32, 2 ** 52]) assert.is(decodeCount(encodeCount(count)), count)
  assert.is(decodeCount(new Uint8Array(7)), Infinity)
  assert.equal(decodeGoodbye(new Uint8Array()), { code: goodbyes.misbehaved, received: Infinity })
})

test.run()
