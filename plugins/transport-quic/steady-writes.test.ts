import { settled } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { steady } from './steady-writes.ts'

class Bytes {
  readonly given: number[]
  constructor(...given: number[]) {
    this.given = given
  }
  get byteLength() {
    return this.given.reduce((sum, size) => sum + size, 0)
  }
  append(more: Bytes) {
    this.given.push(...more.given)
  }
}

/** A stream whose native writes end when the test says so. */
class Slow extends EventTarget {
  readonly written: (readonly number[] | 'end')[] = []
  sendData(data: { readonly byteLength: number }) {
    this.written.push([...(data as Bytes).given])
    return { sentBytes: data.byteLength, canSendMore: false }
  }
  async sendCloseWrite(_options?: { readonly signal?: AbortSignal }) {
    this.written.push('end')
  }
  end() {
    this.dispatchEvent(new Event('drain'))
  }
}

test('what comes while a write is under way goes out with the next, whole and in order', () => {
  const stream = steady(new Slow())
  for (const size of [1, 2, 3]) assert.equal(stream.sendData(new Bytes(size)), { sentBytes: size, canSendMore: true })
  assert.equal(stream.written, [[1]])
  stream.end()
  stream.sendData(new Bytes(4))
  stream.end()
  stream.end()
  stream.sendData(new Bytes(5))
  assert.equal(stream.written, [[1], [2, 3], [4], [5]])
})

test('a writer is held back when much waits, not by one large write alone', () => {
  const stream = steady(new Slow())
  assert.ok(stream.sendData(new Bytes(1_000_000)).canSendMore)
  assert.ok(stream.sendData(new Bytes(60_000)).canSendMore)
  assert.not(stream.sendData(new Bytes(10_000)).canSendMore)
  stream.end()
  assert.ok(stream.sendData(new Bytes(1)).canSendMore)
})

test('the end of our half comes after all that waits', async () => {
  const stream = steady(new Slow())
  stream.sendData(new Bytes(1))
  stream.sendData(new Bytes(2))
  const closing = stream.sendCloseWrite()
  stream.end()
  await settled()
  assert.equal(stream.written, [[1], [2]])
  stream.end()
  await closing
  assert.equal(stream.written, [[1], [2], 'end'])
})

test('a stream that was lost under a write lets its closing end', async () => {
  const stream = steady(new Slow())
  stream.sendData(new Bytes(1))
  const closing = stream.sendCloseWrite()
  stream.dispatchEvent(new Event('close'))
  await closing
})

test('whoever closes for so long only does not wait longer for a write that nobody takes', async () => {
  const stream = steady(new Slow())
  stream.sendData(new Bytes(1))
  const late = new AbortController()
  const closing = stream.sendCloseWrite({ signal: late.signal }).catch((error: unknown) => error)
  late.abort('too late')
  assert.is(await closing, 'too late')
  assert.equal(stream.written, [[1]])
})

test.run()
