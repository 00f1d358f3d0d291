import { fromHex, messageOf, toHex } from '@palabre/sdk'
import { exportPeople } from '@palabre/contacts-book/export-format'
import { bentBytes, testSeed, seededRandom } from '@palabre/sdk/testkit'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openPerson, openPrimitives } from '../suite/people.ts'
import { decoders, type Decode } from './decoders.ts'

/**
 * Decoders given what nobody wrote. A corpus holds in `sound` what was written once and must be read for ever, and in `odd` what must
 * be refused; whatever a run finds is put there.
 */
interface Corpus {
  readonly sound: readonly string[]
  readonly odd: readonly string[]
}

const bytesOf = (hex: string) => fromHex(hex)!
const folder = join(import.meta.dirname, 'corpus')
const random = seededRandom(testSeed())
const budget = 2_000
/** For one piece of bytes; reading takes microseconds. */
const patience = 1_000

await using host = await openPrimitives('primitives-node')
await using person = await openPerson(host.lent.primitives)
const all = decoders(person.identity)
/** Signed by who reads it, so that it cannot be kept. */
const written: Readonly<Record<string, readonly Uint8Array[]>> = { 'contacts-export': [exportPeople([], person.identity)] }

const test = suite(`decoders (seed ${random.seed})`)

test('each has a corpus, and each corpus a decoder', () => {
  const names = readdirSync(folder).map((name) => name.replace(/\.json$/, ''))
  assert.equal(names.toSorted(), Object.keys(all).toSorted())
})

for (const [name, decode] of Object.entries(all)) {
  const corpus = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Corpus
  const sound = [...corpus.sound.map(bytesOf), ...(written[name] ?? [])]

  test(`${name}: what was written once is read, what is odd is refused`, async () => {
    assert.ok(sound.length > 0)
    for (const bytes of sound) assert.is.not(await read(decode, bytes), undefined, toHex(bytes))
    for (const bytes of corpus.odd.map(bytesOf)) assert.is(await read(decode, bytes), undefined, toHex(bytes))
  })

  test(`${name}: whatever comes is read or refused, at once`, async () => {
    const from = [...sound, ...corpus.odd.map(bytesOf)]
    for (let round = 0; round < budget; round++) await read(decode, bentBytes(random, random.pick(from)))
  })
}

async function read(decode: Decode, bytes: Uint8Array): Promise<unknown> {
  const before = bytes.slice()
  const begun = performance.now()
  try {
    const found = await decode(bytes)
    assert.ok(performance.now() - begun < patience, 'it took too long')
    assert.equal(bytes, before, 'it changed what it was given')
    return found
  } catch (error) {
    throw new Error(`it failed on ${toHex(before.subarray(0, 2_000))}: ${messageOf(error)}`, { cause: error })
  }
}

test.run()
