import { definePlugin, isPalabreError } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import jsqr from 'jsqr'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { terminalQr } from './terminal-qr.ts'

const test = suite<{ folder: string }>('identity commands')
const beside = (id: string) => new URL(`../${id}`, import.meta.url).pathname

test.before.each((context) => void (context.folder = mkdtempSync(join(tmpdir(), 'palabre-id-'))))
test.after.each(({ folder }) => rmSync(folder, { recursive: true }))

/** A real vault and identity; a person, or nobody, who answers. */
function openHost(folder: string, { isAttended = false, answer }: { isAttended?: boolean; answer?: string } = {}) {
  const lending = definePlugin({
    provides: { folder: ProfileFolder, asker: Asker },
    start: () => ({
      folder: { file: (name: string) => join(folder, name) },
      asker: { isAttended, secret: async () => answer },
    }),
  })
  const others = ['identity-seed', 'vault-file', 'primitives-node'].map(beside)
  return startTestHost({ plugins: [import.meta.dirname, ...others, testPlugin('host-test', lending)] })
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (isPalabreError(error) ? error.code : error),
  )

// Its types tell of a default export that Node's reading of CommonJS puts elsewhere.
const decodeQr = jsqr as unknown as typeof jsqr.default

/** Two modules in a character, as a camera would see them. */
function scanned(blocks: string): string | undefined {
  const rows = blocks
    .split('\n')
    .flatMap((line) => [Array.from(line, (c) => '█▀'.includes(c)), Array.from(line, (c) => '█▄'.includes(c))])
  const scale = 4
  const [width, height] = [rows[0]!.length * scale, rows.length * scale]
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = rows[Math.floor(y / scale)]![Math.floor(x / scale)]
      if (!light) pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return decodeQr(pixels, width, height)?.data
}

test('a code can be scanned', () => {
  const content = 'PAL1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQQPZRY9X8GF2TVDW0S3JN54'
  assert.is(scanned(terminalQr(content)), content)
})

test('who I am, to read and to scan', async ({ folder }) => {
  await using host = await openHost(folder)
  const { data, text } = await host.commands.run('id.show')
  const { userId } = data as { userId: string }
  assert.match(userId, /^pal1/)
  for (const said of [text!.en, text!.fr]) {
    const [first, qr] = said.split('\n\n')
    assert.is(first, userId)
    assert.is(scanned(qr!), userId.toUpperCase())
  }
})

test('the safety number with another, to read aloud and to scan', async ({ folder }) => {
  await using host = await openHost(folder)
  const { userId } = (await host.commands.run('id.show')).data as { userId: string }
  const { data, text } = await host.commands.run('id.show', { with: userId.toUpperCase() })
  const { safetyNumber } = data as { safetyNumber: string }
  const [rows, qr] = text!.en.split('\n\n')
  assert.match(rows!, /^(\d{5} \d{5} \d{5} \d{5}\n?){3}$/)
  assert.is(rows!.replace(/\s/g, ''), safetyNumber)
  assert.is(scanned(qr!), safetyNumber)
  assert.is(await codeOf(host.commands.run('id.show', { with: `${userId.slice(0, -1)}b` })), 'bad-argument')
})

test('the words are shown to a person, or to whoever insists', async ({ folder }) => {
  {
    await using host = await openHost(folder)
    assert.is(await codeOf(host.commands.run('id.phrase')), 'denied')
    const { data, text } = await host.commands.run('id.phrase', { yesShowIt: true })
    const { phrase } = data as { phrase: string }
    assert.is(phrase.split(' ').length, 24)
    assert.is(
      text!.en
        .match(/[a-z]+/g)!
        .slice(0, 24)
        .join(' '),
      phrase,
    )
    assert.not.match(JSON.stringify(host.log), phrase.split(' ').slice(0, 3).join(' '))
  }
  await using attended = await openHost(folder, { isAttended: true })
  await attended.commands.run('id.phrase')
})

test('restoring asks for the words, and for consent where an identity would be lost', async ({ folder }) => {
  const words = `${'abandon '.repeat(23)}art`
  {
    await using host = await openHost(folder)
    assert.is(await codeOf(host.commands.run('id.restore')), 'denied', 'nobody answers')
    assert.is(await codeOf(host.commands.run('id.restore', { phrase: words })), 'denied', 'on a command line')
    await host.commands.run('id.phrase', { yesShowIt: true })
  }
  await using host = await openHost(folder, { answer: words })
  assert.is(await codeOf(host.commands.run('id.restore')), 'denied', 'the words of this one were shown')
  const { promise: back, resolve } = Promise.withResolvers<void>()
  using _watching = host.plugins.watch(({ id, state }) => {
    if (id === 'command-identity' && state === 'running') resolve()
  })
  const { userId } = (await host.commands.run('id.restore', { replace: true })).data as { userId: string }
  await back
  assert.is(((await host.commands.run('id.show')).data as { userId: string }).userId, userId)
})

test.run()
