import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { meet, newTalker, piped, refused } from './two-talkers.ts'

const env = { PALABRE_PASSPHRASE: 'correct horse' }

test('a locked vault ends all that needs its keys, says so everywhere, and opens again for the right passphrase only', async () => {
  await using ada = newTalker()
  await using bob = newTalker()
  await meet(ada, bob)
  assert.is((await piped(bob, 'correct horse\n', 'vault', 'passphrase')).code, 0)
  const up = bob.start(['run'], { env })
  await up.says('Ctrl-C')
  const talk = bob.start(['--plain'], { stdio: ['pipe', 'pipe', 'pipe'] })
  await talk.says('me: we meet')

  assert.match((await bob.palabre('vault', 'lock')).out, 'Open it again: palabre plugins enable vault-file')
  const { code, err } = await talk.ended
  assert.is(code, 2, err)
  assert.match(err, 'the plugin vault-file has stopped: the vault is locked')
  for (const line of [
    ['send', '--to', 'Ada', '--message', 'a word'],
    ['id', 'phrase', '--yes-show-it'],
    ['vault', 'passphrase', '--remove'],
    ['vault', 'lock'],
  ])
    await refused(bob, /the vault is locked\nOpen it again: palabre plugins enable vault-file/, ...line)
  await refused(bob, /le coffre est verrouillé/, 'history', 'Ada', '--lang', 'fr')
  assert.match((await bob.palabre('plugins', 'why', 'store-sqlite')).out, /Needs vault@1: vault-file \(not running\)/)
  assert.is((await bob.palabre('doctor')).code, 1)

  const opened = (passphrase: string | undefined) =>
    bob.start(['plugins', 'enable', 'vault-file'], { env: { PALABRE_PASSPHRASE: passphrase } }).ended
  for (const [passphrase, says] of [
    [undefined, 'nobody could be asked'],
    ['wrong horse', 'this passphrase is wrong'],
  ] as const) {
    const kept = await opened(passphrase)
    assert.is(kept.code, 2, kept.out)
    assert.match(kept.err, says)
  }
  assert.is((await bob.palabre('history', 'Ada')).code, 2)
  const open = await opened('correct horse')
  assert.is(open.code, 0, open.err)
  assert.match((await bob.palabre('history', 'Ada')).out, 'we meet')
})

test('without a passphrase it says what a lock is worth', async () => {
  await using bob = newTalker()
  const { code, out } = await bob.palabre('vault', 'lock')
  assert.is(code, 0)
  assert.match(out, 'As no passphrase is set')
  assert.match((await bob.palabre('vault', 'lock', '--lang', 'fr')).out, 'Sans phrase secrète')
  assert.is((await bob.palabre('plugins', 'disable', 'vault-file')).code, 0)
  await refused(bob, /vault-file is switched off/, 'vault', 'lock')
})

test.run()
