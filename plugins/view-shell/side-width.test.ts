import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { keepSide, keptSide } from './side-width.ts'

const openMemory = () => {
  const all = new Map<string, string>()
  return { kept: (key: string) => all.get(key), keep: (key: string, value: string) => void all.set(key, value), all }
}

test('a width is kept within its bounds, and taken back', () => {
  const memory = openMemory()
  assert.is(keptSide(memory), undefined)
  for (const [wanted, kept] of [
    [20.456, 20.46],
    [4, 13],
    [99, 32],
  ] as const) {
    keepSide(memory, wanted)
    assert.is(keptSide(memory), kept)
  }
  keepSide(memory, undefined)
  assert.is(keptSide(memory), undefined)
})

test('what nobody can have chosen is no width', () => {
  const memory = openMemory()
  keepSide(memory, 20)
  const [key] = memory.all.keys()
  for (const odd of ['', '0', '-20', '1e9', 'NaN', 'wide']) {
    memory.keep(key!, odd)
    assert.is(keptSide(memory), undefined, odd)
  }
})

test.run()
