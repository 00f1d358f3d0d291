// limit: 300 s
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson, type CliProcess, type Person } from './cli-process.ts'
import { noPty, startPty } from './pty.ts'
import { scanned } from './scanned.ts'

const test = suite('short invites')
const reason = noPty()
if (reason !== undefined) console.log(`SKIPPED: a code scanned from a terminal: ${reason}`)
const onTerminal = reason === undefined ? test : test.skip

const onLoopback = {
  'transport-tcp': { enabled: true, config: { listen: ['/ip4/127.0.0.1/tcp/0'] } },
  'transport-websocket': false,
}

onTerminal('a code is scanned from one screen and typed at another, and two people talk', async () => {
  await using ada = newPerson({ plugins: onLoopback })
  await using bob = newPerson({ plugins: onLoopback })
  await using left = startPty(ada)
  await using right = startPty(bob)
  await left.shows('How are you called')
  left.type('Ada\r')
  await left.shows('/accept LINK.')
  const code = scanned(left.rows())
  assert.match(code ?? '', /^palabre:i#[\w-]+$/)
  assert.ok(code!.length <= 200, `${code!.length} characters`)
  await right.shows('How are you called')
  right.type(`Bob\r/accept ${code}\r`)
  await left.shows('── Bob ──')
  left.type('by a code\r')
  await right.shows('Ada: by a code')
})

test('both must be online, and a short invite holds no longer than the whole one', async () => {
  await using ada = newPerson({ plugins: onLoopback })
  await using bob = newPerson({ plugins: onLoopback })
  const up = await run(ada)
  const { short, id } = await invite(ada)
  const reads = await bob.palabre('invite', 'read', short!)
  assert.is(reads.code, 0, reads.err)
  assert.match(reads.out, 'From')
  await ada.palabre('invite', 'revoke', id)
  const revoked = await bob.palabre('invite', 'accept', short!, '--lang', 'fr')
  assert.equal([revoked.code, revoked.out], [2, ''])
  assert.match(revoked.err, 'cette invitation est terminée, utilisée ou révoquée')
  const other = await invite(ada)
  up.signal('SIGINT')
  await up.ended
  const gone = await bob.palabre('invite', 'accept', other.short!)
  assert.equal([gone.code, gone.out], [3, ''])
  assert.match(gone.err, 'both of you must be online')
  assert.is((await bob.palabre('invite', 'accept', other.short!.slice(0, -3))).code, 2)
})

test('without the plugin there is no code, and a short invite is not understood', async () => {
  await using ada = newPerson({ plugins: onLoopback })
  await using bob = newPerson({ plugins: { ...onLoopback, 'invite-short': false } })
  await run(ada)
  await run(bob)
  const { short } = await invite(ada)
  assert.is((await invite(bob)).short, undefined)
  const { code, err } = await bob.palabre('invite', 'accept', short!)
  assert.is(code, 2)
  assert.match(err, 'this is no invite')
})

test.run()

async function run(person: Person): Promise<CliProcess> {
  const up = person.start(['run'])
  await up.says('Ctrl-C')
  return up
}

async function invite(person: Person): Promise<{ link: string; id: string; short?: string }> {
  const { out, err, code } = await person.palabre('invite', 'create', '--json')
  assert.is(code, 0, err)
  return JSON.parse(out) as { link: string; id: string; short?: string }
}
