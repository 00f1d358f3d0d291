import { mkdirSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson, type Person } from './cli-process.ts'

/** With a folder for temporary files that holds nothing else; compiled code is kept from one run to the next, by Node. */
async function demo(person: Person, ...args: string[]) {
  const temporary = join(person.folder, 'tmp')
  mkdirSync(temporary, { recursive: true })
  const outcome = await person.start(['demo', ...args], {
    env: { TMPDIR: temporary, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
  }).ended
  return { ...outcome, left: readdirSync(temporary), madeProfile: readdirSync(person.folder).includes('profile') }
}

test('two people talk past somebody who records, and nothing of it is in what was recorded', async () => {
  await using person = newPerson()
  const { code, out, err, left, madeProfile } = await demo(person)
  assert.equal([code, err, left, madeProfile], [0, '', [], false])
  assert.match(out, /Awa Diop +pal1/)
  assert.is(out.match(/✓ delivered/g)?.length, 4)
  assert.match(out, /All that the stranger has: \d{4,} bytes/)
  assert.match(out, /\n {4}([0-9a-f]{2} ){15}[0-9a-f]{2} {2}/)
  assert.match(out, 'None of them occurs. (What must occur does: /multistream/1.0.0, /noise.)')
  const seconds = Number(/Done in ([\d.]+) s/.exec(out)![1])
  console.log(`MEASURED: the demo takes ${seconds} s`)
})

test('the same for programs, and in French', async () => {
  await using person = newPerson()
  const { code, out } = await demo(person, '--json', '--lang', 'fr')
  assert.is(code, 0)
  const answer = JSON.parse(out) as { delivered: number; found: string[]; looked: string[]; there: number; back: number }
  assert.equal([answer.delivered, answer.found], [4, []])
  assert.ok(answer.there > 1_000 && answer.back > 1_000, 'both directions passed')
  assert.ok(answer.looked.includes('“À sept heures. Apporte le pain à la cannelle.”'))
  const french = await demo(person, '--lang', 'fr')
  assert.match(french.out, 'Rien de tout cela n’y figure.')
})

for (const [id, says] of [
  ['suite-ratchet', 'suite-ratchet'],
  ['messenger-pipeline', 'messenger-pipeline'],
  ['channel-noise', 'channel-noise'],
  ['network-libp2p', 'network-libp2p'],
] as const) {
  test(`without ${id} it says what is missing, and leaves nothing behind`, async () => {
    await using person = newPerson({ plugins: { [id]: false, ...(id === 'channel-noise' ? { 'channel-tls': false } : {}) } })
    const { code, err, left } = await demo(person)
    assert.ok(code !== 0, 'it succeeded')
    assert.match(err, says)
    assert.equal(left, [])
  })
}

test.run()
