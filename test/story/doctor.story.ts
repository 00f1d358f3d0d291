// limit: 300 s
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson, type Person } from './cli-process.ts'

const onLoopback = {
  'transport-tcp': { enabled: true, config: { listen: ['/ip4/127.0.0.1/tcp/0'] } },
  'transport-websocket': false,
}

interface Found {
  readonly area: string
  readonly level: string
  readonly says: { readonly en: string; readonly fr: string }
}

async function doctor(person: Person, ...args: string[]) {
  const { code, out, err } = await person.palabre('doctor', '--json', ...args)
  const found = out === '' ? [] : (JSON.parse(out) as Found[])
  return { code, err, wrong: found.filter(({ level }) => level === 'fault' || level === 'setting'), found }
}

test('where nothing is wrong it says what it looked at, and ends well', async () => {
  await using person = newPerson({ plugins: onLoopback })
  const plain = await person.palabre('doctor', '--lang', 'fr')
  assert.equal([plain.code, plain.err], [0, ''])
  for (const said of [
    '✓ node',
    '✓ vault    le coffre est ouvert',
    '✓ store    la base est ouverte',
    '✓ network  écoute sur /ip4/127.0.0.1/tcp/',
  ])
    assert.match(plain.out, said)
  const { code, wrong, found } = await doctor(person)
  assert.equal([code, wrong], [0, []])
  assert.equal(
    [...new Set(found.map(({ area }) => area))],
    ['node', 'profile', 'disk', 'holder', 'settings', 'plugin', 'vault', 'store', 'suite', 'route', 'network', 'clock', 'outbox'],
  )
})

test('what is switched off and should not be is named, with code 2', async () => {
  for (const [id, area, other] of [
    ['suite-ratchet', 'suite'],
    ['route-link', 'route', 'mailbox-client'],
    ['store-sqlite', 'store'],
    ['messenger-pipeline', 'outbox'],
    ['transport-tcp', 'network'],
  ]) {
    await using person = newPerson({ plugins: { ...onLoopback, [id!]: false, ...(other === undefined ? {} : { [other]: false }) } })
    const { code, err, wrong } = await doctor(person)
    assert.is(code, 2, id)
    assert.match(err, /wrong/)
    assert.ok(
      wrong.some((one) => one.area === area),
      `${id}: ${JSON.stringify(wrong)}`,
    )
  }
})

test('its own plugin off, and a plugins.json that does not hold, are told as that', async () => {
  await using person = newPerson({ plugins: { ...onLoopback, 'command-doctor': false } })
  const off = await doctor(person)
  assert.is(off.code, 2)
  assert.match(off.err, 'command-doctor')
  person.write({ 'profile/plugins.json': '{ "plugins": { "log-console": 3 } }' })
  const broken = await doctor(person)
  assert.is(broken.code, 2)
  assert.match(broken.err, 'log-console')
})

test('rights, a damaged store, and a vault that stays shut', async () => {
  await using person = newPerson({ plugins: onLoopback })
  await person.palabre('id', 'show')
  chmodSync(join(person.profileDir, 'vault.key'), 0o644)
  const open = await doctor(person)
  assert.is(open.code, 2)
  assert.match(open.wrong[0]?.says.en ?? '', /other users of this machine may open or change .*vault\.key$/)
  chmodSync(join(person.profileDir, 'vault.key'), 0o600)

  await using locked = newPerson({ plugins: onLoopback })
  const set = locked.start(['vault', 'passphrase'], { stdio: ['pipe', 'pipe', 'pipe'] })
  set.child.stdin!.end('correct horse\n')
  assert.is((await set.ended).code, 0)
  const shut = await doctor(locked)
  assert.not.equal(shut.code, 0)
  assert.ok(shut.wrong.some(({ area, says }) => area === 'plugin' && says.en.includes('vault-file')))
  assert.ok(shut.wrong.some(({ area }) => area === 'vault'))
})

test('a damaged store is a fault of ours: code 1', async () => {
  await using person = newPerson({ plugins: onLoopback })
  await person.palabre('contacts', 'list')
  writeFileSync(join(person.profileDir, 'store.db'), Buffer.alloc(8192, 7))
  const { code, wrong } = await doctor(person)
  assert.is(code, 1, JSON.stringify(wrong))
  assert.ok(wrong.some(({ says }) => says.en.includes('store-sqlite')))
})

test('it asks the Palabre that is up, and says what waits and why', async () => {
  await using ada = newPerson({ plugins: onLoopback })
  await using bob = newPerson({ plugins: onLoopback })
  const { link } = JSON.parse((await ada.palabre('invite', 'create', '--name', 'Ada', '--json')).out) as { link: string }
  assert.is((await bob.palabre('invite', 'accept', link)).code, 0)
  assert.is((await bob.palabre('send', 'Ada', 'are you there?', '--wait', 'kept')).code, 0)
  const up = bob.start(['run'])
  await up.says('Ctrl-C')
  const { code, found, err } = await doctor(bob)
  assert.is(code, 0, err)
  assert.ok(found.some(({ area, says }) => area === 'holder' && says.en.includes(`process ${up.child.pid}`)))
  const waits = found.find(({ area }) => area === 'outbox')!
  assert.match(waits.says.en, /^\d+ for Ada: ./)
})

test.run()
