import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { pointsOf } from './trip-line.ts'
import { tripsText } from './words.ts'

const trips = (...all: number[]) => all.map((ms, at) => ({ at, ms }))

test('the line goes from edge to edge, the slowest highest, and stays within its box', () => {
  const points = pointsOf(trips(10, 40, 20))
  assert.equal(
    points.map(([x]) => x),
    [4, 120, 236],
  )
  const [first, top, last] = points.map(([, y]) => y) as [number, number, number]
  assert.ok(top < last && last < first && top >= 4 && first <= 40, `${first} ${top} ${last}`)
})

test('one round trip is a dot at the newest end, and none of no time leaves the box', () => {
  assert.equal(pointsOf(trips(5))[0]![0], 236)
  assert.equal(pointsOf(trips(0, 0))[1], [236, 40])
})

test('what the line shows is said in words', () => {
  assert.is(tripsText(trips(1.234)).en, '1 round trip, 1.2 ms')
  assert.match(tripsText(trips(3, 1200, 40)).fr, /^3 allers-retours, de 3\sms à 1\s200\sms$/)
})

test.run()
