// What was said stands nowhere but in the sealed store: not in files, not in logs at their chattiest, not on the wire.
import { once } from 'node:events'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { definePlugin } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { labels } from '@palabre/sdk/contract/labels'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Vault } from '@palabre/sdk/contract/vault'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { repository, type Person } from './cli-process.ts'
import { answered, newTalker } from './two-talkers.ts'

const words = ['gentian-violet', 'marsupial-veranda', 'Véranda-Ukulélé', 'rosewater-cathedral']

/** Everything that passes between a caller and a port, both ways. */
async function openEar(): Promise<{
  port: number
  lead(to: number): void
  heard(): Buffer
  [Symbol.asyncDispose](): Promise<void>
}> {
  const heard: Buffer[] = []
  const open = new Set<Socket>()
  let target = 0
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.on('data', (bytes: Buffer) => (heard.push(bytes), to.write(bytes)))
      from.on('error', () => undefined)
      from.on('close', () => (open.delete(from), to.destroy()))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    lead: (to) => void (target = to),
    heard: () => Buffer.concat(heard),
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const chatty = { 'log-console': { enabled: true, config: { level: 'trace' } } }
const detour = (ways: object) => ({
  ...chatty,
  'transport-tcp': false,
  'test-detour': { enabled: true, from: join(repository, 'test/messenger/detour'), config: { ways } },
})

function filesOf(folder: string): [string, Buffer][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => [path, readFileSync(path)])
}

/** The keys of this folder, as the real plugins have them. */
async function keysOf({ profileDir }: Person): Promise<Record<string, Uint8Array>> {
  const lending = definePlugin({
    provides: { folder: ProfileFolder, asker: Asker },
    start: () => ({
      folder: { file: (name: string) => join(profileDir, name) },
      asker: { isAttended: false, secret: async () => undefined },
    }),
  })
  const folders = ['vault-file', 'primitives-node'].map((id) => join(repository, 'plugins', id))
  await using host = await startTestHost({
    plugins: [...folders, testPlugin('host-test', lending)],
    lend: { vault: Vault, primitives: Primitives },
    besideOthers: true,
  })
  const { vault, primitives } = host.lent
  const seed = (await vault.read(labels.identity.seed))!
  const derive = (label: string) => primitives.hkdf(seed, new Uint8Array(), new TextEncoder().encode(label), 32)
  return {
    seed,
    signing: derive(labels.identity.signing),
    agreement: derive(labels.identity.agreement),
    database: vault.derive(labels.store.database),
  }
}

const formsOf = (secret: Uint8Array) =>
  [
    Buffer.from(secret),
    ...(['hex', 'base64url', 'base64'] as const).map((form) => Buffer.from(Buffer.from(secret).toString(form))),
  ].map((one) => one.subarray(0, 40))

test('after a conversation no word of it and no key is in a file, a log or on the wire', async () => {
  await using ear = await openEar()
  await using ada = newTalker(detour({}))
  const { addresses } = await answered<{ addresses: string[] }>(ada, 'net', 'info')
  const port = Number(/\/tcp\/(\d+)/.exec(addresses.join())?.[1])
  ear.lead(port)
  await using bob = newTalker(detour({ [port]: ear.port }))
  const { link } = await answered<{ link: string }>(ada, 'invite', 'create', '--name', 'Ada')
  const listening = ada.start(['listen', '--json'])
  const logs: [string, Buffer][] = []
  const run = async (...args: string[]) => {
    const { code, out, err } = await bob.palabre(...args)
    assert.is(code, 0, err)
    logs.push([`log of ${args[0]}`, Buffer.from(err)])
    return out
  }
  await run('invite', 'accept', link)
  const talking = bob.start(['listen', '--json'])
  for (const word of words) await run('send', '--to', 'Ada', '--message', word, '--wait', 'delivered', '--seconds', '60')
  assert.match(await run('search', words[0]!), words[0]!)
  await listening.says(words.at(-1)!)
  // While both still run: the log of writes has not been folded into the database yet.
  const files = [...filesOf(ada.profileDir), ...filesOf(bob.profileDir)]
  assert.ok(files.some(([name]) => name.endsWith('store.db')) && files.some(([name]) => name.endsWith('-wal')))
  for (const process of [listening, talking]) {
    process.signal('SIGINT')
    const { err } = await process.ended
    assert.match(err, 'is running', 'the log is at its chattiest')
    logs.push(['log of listen', Buffer.from(err)])
  }
  const wire = ear.heard()
  assert.ok(wire.length > 5_000, 'they did talk through the ear')
  const places: [string, Buffer][] = [...files, ...filesOf(ada.profileDir), ...filesOf(bob.profileDir), ...logs, ['wire', wire]]
  for (const [where, content] of places) {
    for (const word of words) assert.not.ok(content.includes(word), `${word} is in ${where}`)
  }
  for (const person of [ada, bob]) {
    for (const [name, key] of Object.entries(await keysOf(person))) {
      for (const form of formsOf(key)) {
        for (const [where, content] of places) assert.not.ok(content.includes(form), `${name} is in ${where}`)
      }
    }
    const { userId } = await answered<{ userId: string }>(person, 'id', 'show')
    assert.not.ok(wire.includes(userId), 'nobody on the way learns who they are')
  }
})

test.run()
