import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { CliProcess } from './cli-process.ts'
import { answered, conversation, linkOf, meet, newTalker, piped, refused } from './two-talkers.ts'

interface Event {
  readonly kind: string
  readonly message?: StoredMessage
}

/** Lines of JSON, whole ones. */
const eventsOf = (process: CliProcess): Event[] =>
  process
    .said()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Event)

const cameFrom = (process: CliProcess, prefix: string): string[] =>
  eventsOf(process).flatMap(({ kind, message }) =>
    kind === 'message' && message?.mine === false && message.text.startsWith(prefix) ? [message.text] : [],
  )

const feeder = { 'test-feeder': { enabled: true, from: join(import.meta.dirname, '../messenger/feeder') } }

async function ends(process: CliProcess): Promise<void> {
  process.signal('SIGINT')
  await process.ended
}

test('two processes: a hundred messages each way, in order, once each, and every one known as delivered', async () => {
  await using ada = newTalker(feeder)
  await using bob = newTalker(feeder)
  await meet(ada, bob)
  const listening = ada.start(['listen', '--json'])
  await answered(bob, 'send', '--to', 'Ada', '--message', 'there?', '--wait', 'delivered', '--seconds', '60')
  const feeding = [
    ada.start(['feed', 'Bob', '--prefix', 'a0', '--count', '100', '--json']),
    bob.start(['feed', 'Ada', '--prefix', 'b0', '--count', '100', '--json']),
  ]
  for (const one of feeding) await one.says('"done"')
  await listening.says('b0 99')
  const numbered = (prefix: string) => Array.from({ length: 100 }, (_, number) => `${prefix} ${number}`)
  assert.equal(cameFrom(listening, 'b0'), numbered('b0'))
  for (const one of [...feeding, listening]) await ends(one)
  for (const [who, peer, mine, theirs] of [
    [ada, 'Bob', 'a0', 'b0'],
    [bob, 'Ada', 'b0', 'a0'],
  ] as const) {
    const all = await conversation(who, peer)
    const textsOf = (prefix: string) => all.filter(({ text }) => text.startsWith(prefix)).map(({ text }) => text)
    assert.equal(textsOf(mine), numbered(mine))
    assert.equal(textsOf(theirs), numbered(theirs))
    assert.ok(all.every(({ mine: isMine, state }) => state === (isMine ? 'delivered' : 'received')))
    assert.equal(await answered(who, 'outbox'), [])
  }
})

test('what was said is found again: history page by page, search, export as Markdown, the same under net', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  await meet(ada, bob)
  const listening = ada.start(['listen', '--json'])
  const said = ['Le thé est prêt', 'draughts at four', 'bring <b>bread</b>\nand *salt*']
  for (const message of said) {
    const { code, out } = await bob.palabre('send', '--to', 'Ada', '--message', message, '--wait', 'delivered', '--seconds', '60')
    assert.is(code, 0, out)
  }
  const stdin = await piped(bob, 'from a file\n', 'net', 'send', '--peer', 'Ada', '--wait', 'delivered', '--seconds', '60')
  assert.is(stdin.code, 0, stdin.err)
  await listening.says('from a file')
  await ends(listening)
  const all = ['we meet', ...said, 'from a file']
  const history = await answered<StoredMessage[]>(ada, 'history', '--peer', 'Bob', '--limit', '3')
  assert.equal(
    history.map(({ text }) => text),
    all.slice(-3),
  )
  const before = await answered<StoredMessage[]>(ada, 'net', 'history', 'Bob', '--before', String(history[0]!.place))
  assert.equal(
    before.map(({ text }) => text),
    all.slice(0, -3),
  )
  const found = await answered<StoredMessage[]>(ada, 'search', 'the pret')
  assert.equal(
    found.map(({ text }) => text),
    ['Le thé est prêt'],
  )
  const nothing = await ada.palabre('search', 'zeppelin', '--lang', 'fr')
  assert.is(nothing.out, 'Rien n’a été trouvé pour « zeppelin ».\n')
  const { out: markdown } = await bob.palabre('export', 'Ada')
  assert.match(markdown, /^# Ada\n\n`pal1/)
  assert.match(markdown, /\*\*me\*\* \d\d:\d\d\n> bring <b>bread<\/b>\n> and \*salt\*/)
})

test('bad input is refused with a code that says who must act, in both languages', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  await meet(ada, bob)
  await refused(bob, /nobody in your contacts is called “Eve”/, 'send', '--to', 'Eve', '--message', 'hi')
  await refused(bob, /personne de vos contacts/, 'send', '--to', 'Eve', '--message', 'hi', '--lang', 'fr')
  await refused(bob, /there is nothing to send/, 'send', '--to', 'Ada', '--message', ' ')
  await refused(bob, /64 KiB/, 'send', '--to', 'Ada', '--message', 'é'.repeat(32 * 1024 + 1))
  await refused(bob, /./, 'send', '--to', 'Ada', '--message', 'hi', '--wait', 'read')
  await refused(bob, /no invite/, 'invite', 'accept', 'palabre:invite#AAAA')
  await refused(bob, /your own/, 'invite', 'accept', await linkOf(bob))
  await refused(bob, /no open invite/, 'invite', 'revoke', 'nothing')
  await refused(bob, /there is no message/, 'messages', 'show', 'f'.repeat(32))
  await refused(bob, /--yes/, 'messages', 'clear', 'Ada')
  const late = await bob.palabre('send', '--to', 'Ada', '--message', 'away', '--wait', 'delivered', '--seconds', '1')
  assert.is(late.code, 3, late.out)
  assert.match(late.err, 'not delivered to Ada yet')
  const kept = await bob.palabre('send', '--to', 'Ada', '--message', 'away too', '--seconds', '0')
  assert.is(kept.code, 0, kept.err)
  const waiting = await answered<{ message?: string; why: { en: string; fr: string } }[]>(bob, 'outbox')
  assert.is(waiting.filter(({ message }) => message !== undefined).length, 2)
  assert.ok(waiting.every(({ why }) => why.en !== '' && why.fr !== ''))
})

test('the inviter is away while the invite is accepted: what was written meanwhile arrives when both are there', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  const { link } = await answered<{ link: string }>(ada, 'invite', 'create', '--name', 'Ada')
  const accepted = await piped(bob, `${link}\n`, 'invite', 'accept')
  assert.is(accepted.code, 0, accepted.err)
  const { code, out } = await bob.palabre('send', '--to', 'Ada', '--message', 'when you wake', '--seconds', '0')
  assert.is(code, 0, out)
  const waiting = bob.start(['listen', '--json'])
  const awake = ada.start(['listen', '--json'])
  await awake.says('when you wake')
  await waiting.says('"state":"delivered"')
  await ends(waiting)
  await ends(awake)
})

for (const { off, stopsListening } of [
  { off: 'suite-ratchet', stopsListening: false },
  { off: 'store-sqlite', stopsListening: true },
  { off: 'messenger-pipeline', stopsListening: true },
]) {
  test(`without ${off} nothing is sent, nothing is dropped, and it is named`, async () => {
    await using ada = newTalker()
    await using bob = newTalker()
    await meet(ada, bob)
    const listening = ada.start(['listen', '--json'])
    const off1 = await bob.palabre('plugins', 'disable', off)
    assert.is(off1.code, 0, off1.err)
    for (const language of ['en', 'fr']) {
      const { code, out, err } = await bob.palabre('send', '--to', 'Ada', '--message', 'rosewater', '--lang', language)
      assert.is(code, 2, out + err)
      assert.match(err, off)
      assert.is(out, '')
    }
    assert.is((await bob.palabre('plugins', 'enable', off)).code, 0)
    const { code, err } = await bob.palabre('send', '--to', 'Ada', '--message', 'juniper', '--wait', 'delivered', '--seconds', '60')
    assert.is(code, 0, err)
    await listening.says('juniper')
    if (stopsListening) {
      assert.is((await ada.palabre('plugins', 'disable', off)).code, 0)
      const told = await listening.ended
      assert.is(told.code, 2, told.err)
      assert.match(told.err, `the plugin ${off} was switched off meanwhile`)
      assert.is((await ada.palabre('plugins', 'enable', off)).code, 0)
    } else await ends(listening)
    assert.equal(
      (await conversation(ada, 'Bob')).map(({ text }) => text),
      ['we meet', 'juniper'],
    )
  })
}

test('without route-link a message waits and says what is missing; it goes once it is on again', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  await meet(ada, bob)
  const listening = ada.start(['listen', '--json'])
  await bob.palabre('plugins', 'disable', 'route-link')
  const { code, err } = await bob.palabre('send', '--to', 'Ada', '--message', 'patient', '--wait', 'delivered', '--seconds', '2')
  assert.is(code, 3)
  assert.match(err, 'route-link')
  await bob.palabre('plugins', 'enable', 'route-link')
  const talking = bob.start(['listen', '--json'])
  await listening.says('patient')
  await ends(talking)
  await ends(listening)
})

test('another key in place of the right one opens nothing, and says so', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  for (const person of [ada, bob]) await answered(person, 'id', 'name', 'Somebody')
  for (const name of readdirSync(ada.profileDir).filter((one) => one.startsWith('vault'))) {
    bob.write({ [`profile/${name}`]: readFileSync(join(ada.profileDir, name), 'utf8') })
  }
  const before = readFileSync(join(bob.profileDir, 'store.db'))
  const { code, out, err } = await bob.palabre('contacts', 'list')
  assert.is(code, 2, out)
  assert.match(err, /key/)
  assert.ok(before.equals(readFileSync(join(bob.profileDir, 'store.db'))), 'the file stays as it is')
})

test.run()
