import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { widened } from './wide-reads.ts'

const KiB = 1024

/** What is asked of a native stream on which so much lies, a piece for each read. */
async function askedOf(lying: readonly number[]): Promise<number[]> {
  const asked: number[] = []
  const rest = [...lying]
  const stream = widened({
    async read(most: number) {
      asked.push(most / KiB)
      const there = rest.shift()
      return there === undefined ? null : new Uint8Array(Math.min(there, most))
    },
  })
  while ((await stream.read(4 * KiB)) !== null);
  return asked
}

test('as long as all that was asked for comes, more is asked for, up to a bound', async () => {
  assert.equal(await askedOf(Array.from({ length: 5 }, () => 1024 * KiB)), [4, 16, 64, 256, 256, 256])
})

test('a stream that comes to rest waits with little room', async () => {
  assert.equal(await askedOf([1024 * KiB, 1024 * KiB, 1024 * KiB, 10, 10, 10]), [4, 16, 64, 256, 64, 16, 4])
})

test.run()
