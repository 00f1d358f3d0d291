import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createGate } from './gate.ts'
import { settled } from './testkit/index.ts'

/** Work that goes on until it is let go. */
function openWorks() {
  const begun: string[] = []
  const works = new Map<string, PromiseWithResolvers<void>>()
  const work = (name: string) => () => {
    const over = Promise.withResolvers<void>()
    begun.push(name)
    works.set(name, over)
    return over.promise
  }
  return {
    begun,
    work,
    end: (name: string) => works.get(name)!.resolve(),
    fail: (name: string) => works.get(name)!.reject(new Error(name)),
  }
}

test('so many at once, the others in the order in which they came', async () => {
  const gate = createGate(2)
  const { begun, work, end, fail } = openWorks()
  const all = ['a', 'b', 'c', 'd'].map((name) => gate(work(name)).catch(() => 'failed'))
  await settled()
  assert.equal(begun, ['a', 'b'])
  fail('b')
  await all[1]
  await settled()
  assert.equal(begun, ['a', 'b', 'c'])
  const late = gate(work('e'))
  for (const name of ['a', 'c', 'd']) {
    end(name)
    await settled()
  }
  assert.equal(begun, ['a', 'b', 'c', 'd', 'e'])
  end('e')
  await late
})

test('who gives up while waiting takes no place', async () => {
  const gate = createGate(1)
  const { begun, work, end } = openWorks()
  const tired = new AbortController()
  const first = gate(work('a'))
  const second = gate(work('b'), tired.signal).catch((error: Error) => error.message)
  const third = gate(work('c'))
  await settled()
  tired.abort(new Error('tired'))
  assert.is(await second, 'tired')
  end('a')
  await first
  await settled()
  end('c')
  await third
  assert.equal(begun, ['a', 'c'])
})

test.run()
