import type { StoredMessage } from '@palabre/sdk/contract/store'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testMessage } from './message-for-tests.ts'
import { createMovingStretch } from './moving-stretch.ts'
import { pageSize } from './stretch.ts'

/** A conversation of a hundred messages whose pages come when the test says so. */
function openLongTalk() {
  const all = Array.from({ length: 100 }, (_, index) => testMessage(index + 1))
  const asked: (() => void)[] = []
  const stretch = createMovingStretch({
    page: ({ before = Infinity, after, limit = pageSize }) => {
      const fits = all.filter(({ place }) => place < before && place > (after ?? 0))
      const found = after === undefined ? fits.slice(-limit) : fits.slice(0, limit)
      return new Promise<readonly StoredMessage[]>((resolve) => asked.push(() => resolve(found)))
    },
    moved: () => undefined,
  })
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve))
  const answer = async (which = 0) => {
    asked.splice(which, 1)[0]!()
    await settled()
  }
  return {
    stretch,
    answer,
    toEnd: () => void stretch.toEnd(async () => undefined),
    async goAround(place: number) {
      void stretch.around(place)
      await answer()
      await answer()
    },
    places: () => stretch.now.messages.map(({ place }) => place),
  }
}

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

test('it moves by pages, and to the end', async () => {
  const { stretch, answer, toEnd, goAround, places } = openLongTalk()
  await goAround(50)
  assert.equal(places(), range(43, 58))
  void stretch.older()
  await answer()
  void stretch.newer()
  await answer()
  assert.equal(places(), range(27, 74))
  toEnd()
  await answer()
  assert.equal(places(), range(85, 100))
  assert.ok(stretch.now.hasEnd)
})

test('whoever is led to the end is not taken back by a page that comes later', async () => {
  for (const way of ['newer', 'older'] as const) {
    const { stretch, answer, toEnd, goAround, places } = openLongTalk()
    await goAround(50)
    void stretch[way]()
    toEnd()
    await answer(1)
    await answer()
    assert.equal(places(), range(85, 100), way)
    assert.ok(stretch.now.hasEnd, way)
  }
})

test('what is heard while a page is fetched weighs more than the page', async () => {
  const { stretch, answer, toEnd, places } = openLongTalk()
  toEnd()
  stretch.take(testMessage(101))
  stretch.take(testMessage(99, { text: 'changed' }))
  stretch.erase(testMessage(98).id)
  await answer()
  assert.equal(places(), [...range(85, 97), 99, 100, 101])
  assert.is(stretch.now.messages.find(({ place }) => place === 99)!.text, 'changed')

  void stretch.older()
  stretch.erase(testMessage(80).id)
  stretch.take(testMessage(90, { text: 'changed too' }))
  stretch.take(testMessage(102))
  await answer()
  assert.equal(places(), [...range(69, 79), ...range(81, 97), 99, 100, 101, 102])
  assert.is(stretch.now.messages.find(({ place }) => place === 90)!.text, 'changed too')
  assert.not(stretch.now.hasStart, 'a page made shorter is not the first')
})

test('a message that comes while the last page is fetched stands behind it', async () => {
  const { stretch, answer, goAround, places } = openLongTalk()
  await goAround(90)
  void stretch.newer()
  stretch.take(testMessage(101))
  await answer()
  assert.equal(places(), range(83, 101))
  assert.ok(stretch.now.hasEnd)
})

test.run()
