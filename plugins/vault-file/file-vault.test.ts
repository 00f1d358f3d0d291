import { definePlugin } from '@palabre/sdk'
import { proveAll } from '@palabre/sdk/conformance/law'
import { vaultLaws } from '@palabre/sdk/conformance/vault'
import { Asker } from '@palabre/sdk/contract/asker'
import type { Label } from '@palabre/sdk/contract/labels'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Vault } from '@palabre/sdk/contract/vault'
import { settled, startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const primitives = new URL('../primitives-node', import.meta.url).pathname
const label: Label = 'palabre/v1/test/a'

/** What a host lends: the folder, and a person who gives these answers in turn. */
function hostOf(folder: string, answers: readonly (string | undefined)[], isAttended = false) {
  const left = [...answers]
  return testPlugin(
    'host-test',
    definePlugin({
      provides: { folder: ProfileFolder, asker: Asker },
      start: () => ({
        folder: { file: (name: string) => join(folder, name) },
        asker: { isAttended, secret: async () => left.shift() },
      }),
    }),
  )
}

/** Through a fresh kernel each time; a vault that does not open rejects with the reason its plugin gives. */
async function openSubject() {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-vault-'))
  let host: { stop(): Promise<void> } | undefined
  const reopen = async (passphrase?: string) => {
    await host?.stop()
    const held: { vault?: Vault } = {}
    const holder = testPlugin('holder', definePlugin({ needs: { vault: Vault }, start: ({ vault }) => void (held.vault = vault) }))
    const now = await startTestHost({ plugins: [import.meta.dirname, primitives, hostOf(folder, [passphrase]), holder] })
    host = now
    if (held.vault === undefined) await now.plugins.enable('vault-file')
    return held.vault!
  }
  const close = async () => {
    await host?.stop()
    rmSync(folder, { recursive: true })
  }
  return { folder, reopen, close, subject: { vault: await reopen(), reopen } }
}

proveAll(test, vaultLaws, openSubject)

const files = (folder: string) => readdirSync(folder).toSorted()
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no failure',
    (error: { code: string }) => error.code,
  )
const old = new Date(Date.now() - 120_000)

test('only its owner can read its files; the key file goes when a passphrase comes, and comes when it goes', async () => {
  const { folder, subject, close } = await openSubject()
  const { vault } = subject
  assert.equal(files(folder), ['vault.json', 'vault.key'])
  for (const name of files(folder)) assert.is(statSync(join(folder, name)).mode & 0o777, 0o600, name)
  const before = readFileSync(join(folder, 'vault.key'), 'hex')
  await vault.setPassphrase('x')
  assert.equal(files(folder), ['vault.json'])
  await vault.setPassphrase(undefined)
  assert.equal(files(folder), ['vault.json', 'vault.key'])
  assert.is.not(readFileSync(join(folder, 'vault.key'), 'hex'), before)
  for (const name of files(folder)) assert.is(statSync(join(folder, name)).mode & 0o777, 0o600, name)
  await close()
})

test('a new passphrase rewraps the data key and touches no secret', async () => {
  const { folder, subject, close } = await openSubject()
  await subject.vault.write(label, Uint8Array.of(1))
  const read = () => JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8')) as { wrap: object; secrets: object }
  const before = read()
  await subject.vault.setPassphrase('x')
  assert.equal(read().secrets, before.secrets)
  assert.not.equal(read().wrap, before.wrap)
  await close()
})

test('whatever byte is changed, wherever it is cut: refused, and left as it is', async () => {
  const { folder, subject, reopen, close } = await openSubject()
  await subject.vault.write(label, Uint8Array.of(1, 2, 3))
  const file = join(folder, 'vault.json')
  const sound = readFileSync(file, 'utf8')
  const without = (key: string) => JSON.stringify({ ...(JSON.parse(sound) as object), [key]: undefined })
  const emptied = JSON.stringify({ ...(JSON.parse(sound) as object), secrets: {} })
  const cuts = [0, 1, Math.floor(sound.length / 2), sound.length - 3].map((length) => sound.slice(0, length))
  const bent = [...sound.matchAll(/: "[\w+/-]/g)].map(({ index }) => {
    const at = index + 3
    return sound.slice(0, at) + (sound[at] === 'A' ? 'B' : 'A') + sound.slice(at + 1)
  })
  assert.ok(bent.length >= 6)
  for (const broken of [...cuts, ...bent, emptied, without('mac'), without('wrap'), without('vault'), 'null', '[]', '\u0000']) {
    writeFileSync(file, broken)
    assert.is(await codeOf(reopen()), 'storage-failed', broken)
    assert.is(readFileSync(file, 'utf8'), broken)
  }
  writeFileSync(file, sound)
  assert.equal(await (await reopen()).read(label), Uint8Array.of(1, 2, 3))
  await close()
})

test('one half of it missing: refused with what is missing, and nothing new is made', async () => {
  const { folder, reopen, close } = await openSubject()
  const [vault, key] = ['vault.json', 'vault.key'].map((name) => readFileSync(join(folder, name))) as [Buffer, Buffer]
  rmSync(join(folder, 'vault.json'))
  const lost = await reopen().catch((error: Error) => error)
  assert.match((lost as Error).message, /vault\.json is missing/)
  assert.equal(files(folder), ['vault.key'])

  writeFileSync(join(folder, 'vault.json'), vault)
  rmSync(join(folder, 'vault.key'))
  const keyless = await reopen().catch((error: Error) => error)
  assert.match((keyless as Error).message, /vault\.key is missing/)
  for (const wrong of [Buffer.alloc(32), key.subarray(1)]) {
    writeFileSync(join(folder, 'vault.key'), wrong)
    assert.is(await codeOf(reopen()), 'storage-failed')
  }
  writeFileSync(join(folder, 'vault.key'), key)
  await reopen()
  await close()
})

test('what a death in the middle leaves behind is brought to its end', async () => {
  const { folder, reopen, subject, close } = await openSubject()
  const place = (name: string) => join(folder, name)
  const data = subject.vault.derive(label)
  const key = readFileSync(place('vault.key'))

  rmSync(place('vault.key'))
  writeFileSync(place('vault.key.next'), key)
  const finished = await reopen()
  assert.equal(finished.derive(label), data, 'the key was about to be put in place')
  assert.equal(files(folder), ['vault.json', 'vault.key'])

  await finished.setPassphrase('x')
  for (const name of ['vault.key', 'vault.key.next', 'vault.json.1-2-3.tmp', 'vault.lock.1-2-3.tmp'])
    writeFileSync(place(name), key)
  await reopen('x')
  assert.equal(files(folder), ['vault.json'])
  await close()
})

test('a lock that somebody died with, or that is as old as the hills, holds nobody up', async () => {
  const { folder, subject, close } = await openSubject()
  const lock = join(folder, 'vault.lock')
  const died = spawnSync(process.execPath, ['-e', '']).pid
  writeFileSync(lock, `${died} x\n`)
  await subject.vault.write(label, Uint8Array.of(1))
  writeFileSync(lock, `${process.pid} x\n`)
  utimesSync(lock, old, old)
  await subject.vault.write(label, Uint8Array.of(2))
  writeFileSync(lock, 'nonsense')
  await subject.vault.write(label, Uint8Array.of(3))
  assert.equal(files(folder), ['vault.json', 'vault.key'])
  await close()
})

test('a lock that is held is waited for', async () => {
  const { folder, subject, close } = await openSubject()
  const lock = join(folder, 'vault.lock')
  const before = readFileSync(join(folder, 'vault.json'))
  writeFileSync(lock, `${process.pid} x\n`)
  const writing = subject.vault.write(label, Uint8Array.of(1))
  for (let turn = 0; turn < 10; turn++) await settled()
  assert.equal(readFileSync(join(folder, 'vault.json')), before)
  rmSync(lock)
  await writing
  assert.not.equal(readFileSync(join(folder, 'vault.json')), before)
  await close()
})

test('processes that change one vault at the same time lose nothing of each other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-vault-'))
  const open = (...answers: string[]) =>
    startTestHost({ plugins: [import.meta.dirname, primitives, hostOf(folder, answers)], lend: { vault: Vault } })
  const [one, other] = [await open(), await open()]
  const names = Array.from({ length: 8 }, (_, i): Label => `palabre/v1/test/n${i}`)
  const [a, b] = [one.lent.vault, other.lent.vault]
  const changes = [a.setPassphrase('x').then(() => a.setPassphrase(undefined)), b.setPassphrase(undefined)]
  await Promise.all([...changes, ...names.map((name, i) => [a, b][i % 2]!.write(name, Uint8Array.of(i)))])
  await one.stop()
  await other.stop()
  const again = await open('x')
  for (const [i, name] of names.entries()) assert.equal(await again.lent.vault.read(name), Uint8Array.of(i))
  await again.stop()
  rmSync(folder, { recursive: true })
})

test('a first start that died before the vault was in place begins again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-vault-'))
  writeFileSync(join(folder, 'vault.key.next'), Buffer.alloc(32, 7))
  const host = await startTestHost({ plugins: [import.meta.dirname, primitives, hostOf(folder, [])] })
  assert.is(host.plugins.why('vault-file').plugin.state, 'running')
  assert.equal(files(folder), ['vault.json', 'vault.key'])
  await host.stop()
  rmSync(folder, { recursive: true })
})

test('three that start side by side in a new profile share one vault', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-vault-'))
  const open = () => startTestHost({ plugins: [import.meta.dirname, primitives, hostOf(folder, [])], lend: { vault: Vault } })
  const hosts = await Promise.all([open(), open(), open()])
  const [first, ...others] = hosts.map(({ lent }) => lent.vault.derive(label))
  for (const key of others) assert.equal(key, first)
  await hosts[1]!.lent.vault.write(label, Uint8Array.of(1))
  assert.equal(await hosts[2]!.lent.vault.read(label), Uint8Array.of(1))
  for (const host of hosts) await host.stop()
  rmSync(folder, { recursive: true })
})

const asRoot = process.getuid?.() === 0
if (asRoot) console.log('SKIPPED: a folder that cannot be written is told: root may write everywhere')
const unlessRoot = asRoot ? test.skip : test
unlessRoot('a folder that cannot be written is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-vault-'))
  chmodSync(folder, 0o500)
  const host = await startTestHost({ plugins: [import.meta.dirname, primitives, hostOf(folder, [])] })
  assert.match(host.plugins.why('vault-file').plugin.reason!.en, 'cannot be written')
  await host.stop()
  rmSync(folder, { recursive: true })
})

test('a stop in the middle of a change lets the change end, with the right key', async () => {
  const { subject, reopen, close } = await openSubject()
  const key = subject.vault.derive(label)
  const changing = subject.vault.setPassphrase('x')
  const again = await reopen('x')
  await changing
  assert.is(again.hasPassphrase, true)
  assert.equal(again.derive(label), key)
  await close()
})

test('a person is asked twice for a new one; two that differ change nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-vault-'))
  const plugins = (...answers: string[]) => [import.meta.dirname, primitives, hostOf(folder, answers, true)]
  {
    await using host = await startTestHost({ plugins: plugins('one', 'two', 'three', 'three') })
    assert.is(await codeOf(host.commands.run('vault.passphrase')), 'bad-argument')
    assert.ok(existsSync(join(folder, 'vault.key')))
    assert.equal((await host.commands.run('vault.passphrase')).data, { hasPassphrase: true })
  }
  await using host = await startTestHost({ plugins: plugins('three') })
  assert.equal((await host.commands.run('vault.passphrase', { remove: true })).data, { hasPassphrase: false })
  rmSync(folder, { recursive: true })
})

test('locking stops it and all who need it, at once and until the person opens it again', async () => {
  const { folder, close } = await openSubject()
  const held: Vault[] = []
  const holder = testPlugin('holder', definePlugin({ needs: { vault: Vault }, start: ({ vault }) => void held.push(vault) }))
  await using host = await startTestHost({ plugins: [import.meta.dirname, primitives, hostOf(folder, []), holder] })
  await host.commands.run('vault.lock')
  await settled()
  assert.is(host.plugins.why('holder').plugin.state, 'blocked')
  assert.match(host.plugins.why('holder').plugin.reason!.en, 'the vault is locked')
  assert.throws(() => held[0]!.derive(label), /locked/)
  assert.is(await codeOf(held[0]!.read(label)), 'denied')
  await host.clock.advance(3_600_000)
  assert.is(host.plugins.why('vault-file').plugin.state, 'quarantined')
  assert.equal(
    host.log.filter(({ level }) => level === 'error'),
    [],
  )
  await host.plugins.enable('vault-file')
  assert.is(held.length, 2)
  await close()
})

test.run()
