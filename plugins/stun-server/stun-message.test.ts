import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { longestRequest, readRequest, writeAnswer } from './stun-message.ts'

interface Vector {
  readonly name: string
  readonly raw: string
  readonly ip?: string
  readonly port?: number
}

const file = resolve(import.meta.dirname, '../../test/vectors/stun/rfc5769.json')
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] }
const bytesOf = (name: string) => Uint8Array.from(Buffer.from(vectors.find((one) => one.name === name)!.raw, 'hex'))

const bare = (transaction = new Uint8Array(12), type = 0x0001) => {
  const bytes = Buffer.alloc(20)
  bytes.writeUInt16BE(type, 0)
  bytes.writeUInt32BE(0x2112a442, 4)
  bytes.set(transaction, 8)
  return Uint8Array.from(bytes)
}

/** The value of an attribute in a message, looked up the slow way. */
function attributeOf(message: Uint8Array, kind: number): Buffer | undefined {
  const bytes = Buffer.from(message)
  for (let at = 20; at < bytes.length; at += 4 + Math.ceil(bytes.readUInt16BE(at + 2) / 4) * 4) {
    if (bytes.readUInt16BE(at) === kind) return bytes.subarray(at + 4, at + 4 + bytes.readUInt16BE(at + 2))
  }
  return undefined
}

test('the published request is read, its fingerprint checked, and what it wants understood is named', () => {
  const request = readRequest(bytesOf('request'))!
  assert.is(Buffer.from(request.transaction).toString('hex'), 'b7e7a701bc34d686fa87dfae')
  assert.equal(request.unknown, [0x0024])
  assert.is(request.hasFingerprint, true)
  const broken = bytesOf('request')
  broken[broken.length - 1]! ^= 1
  assert.is(readRequest(broken), undefined)
})

test('credentials are looked over, not asked for', () => {
  assert.equal(readRequest(bytesOf('request_long_term'))!.unknown, [])
})

test('the answer carries the published mapped address, for both families', () => {
  for (const name of ['response_ipv4', 'response_ipv6']) {
    const { ip, port } = vectors.find((one) => one.name === name)!
    const published = bytesOf(name)
    const answer = writeAnswer(
      { transaction: published.slice(8, 20), unknown: [], hasFingerprint: false },
      { address: ip!, port: port! },
    )
    assert.is(
      attributeOf(answer, 0x0020)!.toString('hex'),
      attributeOf(published, 0x0020)!
        .subarray(0, ip!.includes(':') ? 20 : 8)
        .toString('hex')
        .replace(/^../, '00'),
    )
    assert.equal(answer.slice(8, 20), published.slice(8, 20))
    assert.equal(answer.length, 20 + 4 + (ip!.includes(':') ? 20 : 8))
  }
})

test('the fingerprint we write is the one we check', () => {
  const answer = writeAnswer(
    { transaction: new Uint8Array(12), unknown: [], hasFingerprint: true },
    { address: '192.0.2.1', port: 1 },
  )
  const asRequest = Uint8Array.from(answer)
  asRequest.set([0, 1])
  // Its type is part of what is summed up, so it holds only for what was written.
  assert.is(readRequest(asRequest), undefined)
  assert.is(attributeOf(answer, 0x8028)!.length, 4)
})

test('an IPv4 address on an IPv6 socket is told as IPv4', () => {
  const answer = writeAnswer(
    { transaction: new Uint8Array(12), unknown: [], hasFingerprint: false },
    { address: '::ffff:192.0.2.1', port: 1 },
  )
  assert.is(attributeOf(answer, 0x0020)!.toString('hex'), `0001${(1 ^ 0x2112).toString(16)}e112a643`)
})

test('attributes that must be understood and are not are named in a refusal', () => {
  const answer = writeAnswer(readRequest(bytesOf('request'))!, { address: '192.0.2.1', port: 1 })
  assert.is(Buffer.from(answer).readUInt16BE(0), 0x0111)
  assert.is(attributeOf(answer, 0x0009)!.readUInt16BE(2), 0x0414)
  assert.is(attributeOf(answer, 0x000a)!.toString('hex'), '0024')
})

test('what is not a binding request is not answered', () => {
  assert.is.not(readRequest(bare()), undefined)
  assert.is(readRequest(bytesOf('response_ipv4')), undefined)
  assert.is(readRequest(bare(undefined, 0x0003)), undefined)
  assert.is(readRequest(bare().subarray(0, 19)), undefined)
  assert.is(readRequest(Uint8Array.from([...bare(), 0])), undefined)
  const old = bare()
  old[4] = 0
  assert.is(readRequest(old), undefined)
  const long = new Uint8Array(longestRequest + 4)
  long.set(bare())
  new DataView(long.buffer).setUint16(2, long.length - 20)
  assert.is(readRequest(long), undefined)
})

test('no bytes make it throw, and an answer is never much longer than its request', () => {
  const tail = fc.uint8Array({ maxLength: 600 })
  fc.assert(
    fc.property(tail, fc.boolean(), (bytes, dressed) => {
      const message = dressed ? Uint8Array.from([...bare(), ...bytes.subarray(0, bytes.length - (bytes.length % 4))]) : bytes
      if (dressed) new DataView(message.buffer).setUint16(2, message.length - 20)
      const request = readRequest(message)
      if (request === undefined) return
      const answer = writeAnswer(request, { address: '2001:db8::1', port: 65_535 })
      assert.ok(answer.length <= 80 + message.length, `${answer.length} for ${message.length}`)
    }),
    { numRuns: 2_000 },
  )
})

test.run()
