import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { askInTurn, notifyAll, passThrough, type Blame, type TapFn } from './dispatch.ts'

/** Every way in which up to `n` taps can behave: each bit says whether one throws. */
const patterns = (n: number) =>
  Array.from({ length: 2 ** Math.min(n, 9) }, (_, bits) => Array.from({ length: n }, (_, i) => (bits >> i) % 2 === 1))

/** The slow loop that every shape must equal. */
function slowly(taps: readonly TapFn[], blame: Blame): TapFn {
  return (...args) => {
    for (const [i, tap] of taps.entries()) {
      try {
        tap(...args)
      } catch (error) {
        blame(i, error)
      }
    }
  }
}

test('each shape calls its taps as the slow loop does, whoever throws', () => {
  for (let n = 0; n <= 10; n++) {
    for (const throwing of patterns(n)) {
      for (const stops of [false, true]) assert.equal(run(notifyAll, throwing, stops), run(slowly, throwing, stops), `${n} taps`)
    }
  }
})

test('every tap is given the same four arguments', () => {
  for (let n = 1; n <= 10; n++) {
    const seen: unknown[] = []
    const taps = Array.from(
      { length: n },
      () =>
        (...args: unknown[]) =>
          void seen.push(args),
    )
    notifyAll(taps, () => {})(1, 'two', null, 4)
    assert.equal(
      seen,
      Array.from({ length: n }, () => [1, 'two', null, 4]),
    )
  }
})

test('no tap is handed the others, whatever the law', async () => {
  for (const law of [notifyAll, passThrough, askInTurn]) {
    for (let n = 1; n <= 10; n++) {
      const seen: unknown[] = []
      const taps = Array.from(
        { length: n },
        () =>
          function (this: unknown) {
            seen.push(this)
          },
      )
      await law(taps, () => {})()
      assert.equal(
        seen,
        Array.from({ length: n }, () => undefined),
      )
    }
  }
})

test('a value passes through every tap; one that throws leaves it as it was', () => {
  const blamed: unknown[] = []
  const taps: TapFn[] = [
    (text, by) => `${String(text)}${String(by)}`,
    () => {
      throw new Error('no')
    },
    (text) => `${String(text)}!`,
  ]
  const pass = passThrough(taps, (tap, error) => void blamed.push([tap, (error as Error).message]))
  assert.is(pass('a', 'b'), 'ab!')
  assert.equal(blamed, [[1, 'no']])
  assert.is(passThrough([], () => {})('same'), 'same')
})

test('where silence would mean consent, a throwing tap ends the call', async () => {
  const later: string[] = []
  const taps: TapFn[] = [
    () => {
      throw new Error('no')
    },
    () => void later.push('called'),
  ]
  const stop: Blame = (_, error) => {
    throw error
  }
  assert.throws(() => notifyAll(taps, stop)(), 'no')
  assert.throws(() => passThrough(taps, stop)('x'), 'no')
  assert.is(await Promise.resolve(askInTurn(taps, stop)()).catch((error: Error) => error.message), 'no')
  assert.equal(later, [])
})

test('taps are asked in turn, one after the other, until one answers', async () => {
  const asked: number[] = []
  const answering = (i: number, answer: unknown) => async () => {
    asked.push(i)
    await Promise.resolve()
    return answer
  }
  const blamed: number[] = []
  const rejecting = () => Promise.reject(new Error('no'))
  const taps = [answering(0, undefined), rejecting, answering(2, false), answering(3, true)]
  assert.is(await askInTurn(taps, (tap) => void blamed.push(tap))(), false)
  assert.equal([asked, blamed], [[0, 2], [1]])
  assert.is(await askInTurn([answering(0, undefined)], () => {})(), undefined)
})

test.run()

function run(law: (taps: readonly TapFn[], blame: Blame) => TapFn, throwing: readonly boolean[], stops: boolean): unknown[] {
  const seen: unknown[] = []
  const taps = throwing.map((throws, i) => () => {
    seen.push(i)
    if (throws) throw new Error(String(i))
  })
  const call = law(taps, (tap, error) => {
    seen.push([tap, (error as Error).message])
    if (stops) throw error
  })
  try {
    call()
  } catch (error) {
    seen.push((error as Error).message)
  }
  return seen
}
