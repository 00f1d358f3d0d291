import { definePlugin } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { labels } from '@palabre/sdk/contract/labels'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Vault } from '@palabre/sdk/contract/vault'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openPalabre } from './palabre-runs.ts'

const passphrase = 'marsupial-veranda-ukulele'

/** What the vault of this folder holds, read by the real plugins in this process. */
async function secretsIn(dir: string): Promise<Record<string, Uint8Array>> {
  const lending = definePlugin({
    provides: { folder: ProfileFolder, asker: Asker },
    start: () => ({
      folder: { file: (name: string) => join(dir, name) },
      asker: { isAttended: false, secret: async () => passphrase },
    }),
  })
  const folders = ['vault-file', 'primitives-node'].map((id) => join(import.meta.dirname, '../../plugins', id))
  const plugins = [...folders, testPlugin('host-test', lending)]
  await using host = await startTestHost({ plugins, lend: { vault: Vault, primitives: Primitives } })
  const { vault, primitives } = host.lent
  const seed = (await vault.read(labels.identity.seed))!
  const derive = (label: string) => primitives.hkdf(seed, new Uint8Array(), new TextEncoder().encode(label), 32)
  return {
    seed,
    'signing key': derive(labels.identity.signing),
    'agreement key': derive(labels.identity.agreement),
    'key of the secrets': vault.derive(labels.vault.secrets),
    'key of the whole': vault.derive(labels.vault.whole),
  }
}

/** As it is, in hexadecimal, and in base64 wherever it begins within a group of three. */
function formsOf(secret: Uint8Array): Buffer[] {
  const bytes = Buffer.from(secret)
  const inBase64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return text.slice(before === 0 ? 0 : before + 1, -1)
  })
  const hex = bytes.toString('hex')
  return [
    bytes,
    ...[hex, hex.toUpperCase(), ...inBase64, ...inBase64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_'))].map((one) =>
      Buffer.from(one),
    ),
  ]
}

const holds = (place: Buffer, secret: Uint8Array) => formsOf(secret).some((form) => place.includes(form))

test('no secret is in a file, in a log at its chattiest, or in what other commands answer', async () => {
  await using palabre = await openPalabre()
  const chatty = { plugins: { 'log-console': { enabled: true, config: { level: 'trace' } } } }
  await writeFile(join(palabre.dir, 'plugins.json'), JSON.stringify(chatty))
  const env = { PALABRE_PASSPHRASE: passphrase }

  const runs = [
    await palabre.run('id show --json'),
    await palabre.run('vault passphrase --json', { input: `${passphrase}\n` }),
    await palabre.run('id show', { env }),
    await palabre.run('plugins list --json', { env }),
    await palabre.run('plugins why vault-file --json', { env }),
    await palabre.run('vault lock', { env }),
    await palabre.run('id show', { env: { PALABRE_PASSPHRASE: `${passphrase}!` } }),
    await palabre.run('id restore --json', { env, input: 'marsupial veranda ukulele' }),
  ]
  const shown = await palabre.run('id phrase --yes-show-it --json', { env })
  const { phrase } = JSON.parse(shown.out) as { phrase: string }
  assert.match(runs[0]!.err, 'vault-file is running', 'the log is at its chattiest')

  const files = await palabre.files()
  const places = new Map<string, Buffer>([
    ...files,
    ...runs.flatMap(
      ({ out, err }, i) =>
        [
          [`output of run ${i}`, Buffer.from(out)],
          [`log of run ${i}`, Buffer.from(err)],
        ] as const,
    ),
    ['log of id phrase', Buffer.from(shown.err)],
  ])
  const words = phrase.split(' ')
  const secrets = {
    ...(await secretsIn(palabre.dir)),
    passphrase: Buffer.from(passphrase),
    ...Object.fromEntries(
      words.slice(2).map((_, i) => [`words ${i + 1} to ${i + 3}`, Buffer.from(words.slice(i, i + 3).join(' '))]),
    ),
  }
  for (const [where, content] of places) {
    for (const [what, secret] of Object.entries(secrets)) assert.not.ok(holds(content, secret), `${what} is in ${where}`)
  }
  assert.ok(holds(Buffer.from(shown.out), Buffer.from(words.slice(0, 3).join(' '))), 'the search finds what is there')
})

test('the search sees a secret in each of its forms', () => {
  const secret = Uint8Array.from({ length: 32 }, (_, i) => 255 - i * 5)
  const around = (before: number) => Buffer.concat([Buffer.alloc(before, 65), Buffer.from(secret), Buffer.from('end')])
  for (const before of [0, 1, 2, 3, 4]) {
    for (const form of ['latin1', 'hex', 'base64', 'base64url'] as const) {
      const place = form === 'latin1' ? around(before) : Buffer.from(around(before).toString(form))
      assert.ok(holds(place, secret), `${form} after ${before}`)
    }
  }
})

test.run()
