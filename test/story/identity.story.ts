import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openPalabre, type PalabreRuns, type RunOptions } from './palabre-runs.ts'

async function userIdIn(palabre: PalabreRuns, options?: RunOptions): Promise<string> {
  const { code, out, err } = await palabre.run('id show --json', options)
  assert.is(code, 0, err)
  return (JSON.parse(out) as { userId: string }).userId
}

test('a first start asks nothing and gives an identity, which stays the same', async () => {
  await using palabre = await openPalabre()
  const userId = await userIdIn(palabre)
  assert.match(userId, /^pal1[a-z0-9]{58}$/)
  assert.is(await userIdIn(palabre), userId)
  for (const name of (await palabre.files()).keys()) {
    const { mode } = await stat(join(palabre.dir, name))
    assert.is(mode & 0o777, 0o600, name)
  }
})

test('24 words bring the same identity back in another profile, and not over one that is in use', async () => {
  await using palabre = await openPalabre()
  await using other = await openPalabre()
  const userId = await userIdIn(palabre)
  const refused = await palabre.run('id phrase')
  assert.is(refused.code, 2)
  assert.match(refused.err, '--yes-show-it')
  const { phrase } = JSON.parse((await palabre.run('id phrase --yes-show-it --json')).out) as { phrase: string }

  const slip = await other.run('id restore', { input: phrase.replace(/^\w+/, 'palaver') })
  assert.is(slip.code, 2)
  assert.match(slip.err, 'word 1 ')
  assert.is((await other.run('id restore')).code, 2, 'nobody gives the words')

  assert.is((await other.run('id restore', { input: `${phrase}\n` })).code, 0)
  assert.is(await userIdIn(other), userId)

  const strangers = `${'abandon '.repeat(23)}art\n`
  const kept = await palabre.run('id restore', { input: strangers })
  assert.is(kept.code, 2)
  assert.match(kept.err, '--replace')
  assert.is(await userIdIn(palabre), userId)
  assert.is((await palabre.run('id restore --replace', { input: strangers })).code, 0)
  assert.is.not(await userIdIn(palabre), userId)
})

test('two people compare one safety number', async () => {
  await using one = await openPalabre()
  await using other = await openPalabre()
  const [mine, theirs] = [await userIdIn(one), await userIdIn(other)]
  const number = async (palabre: PalabreRuns, peer: string) =>
    (JSON.parse((await palabre.run(`id show --with ${peer} --json`)).out) as { safetyNumber: string }).safetyNumber
  assert.is(await number(one, theirs), await number(other, mine))
})

test('with a passphrase it opens for that one only', async () => {
  await using palabre = await openPalabre()
  const userId = await userIdIn(palabre)
  assert.is((await palabre.run('vault passphrase', { input: 'correct horse\n' })).code, 0)
  assert.not.ok((await palabre.files()).has('vault.key'))

  const unasked = await palabre.run('id show')
  assert.is(unasked.code, 2)
  assert.match(unasked.err, 'PALABRE_PASSPHRASE')
  const wrong = await palabre.run('id show', { env: { PALABRE_PASSPHRASE: 'wrong horse' } })
  assert.is(wrong.code, 2)
  assert.match(wrong.err, 'this passphrase is wrong')
  const french = await palabre.run('id show --lang fr', { env: { PALABRE_PASSPHRASE: 'wrong horse' } })
  assert.match(french.err, 'cette phrase secrète est fausse')
  const env = { PALABRE_PASSPHRASE: 'correct horse' }
  assert.is(await userIdIn(palabre, { env }), userId)

  assert.is((await palabre.run('vault passphrase --remove', { env })).code, 0)
  assert.is(await userIdIn(palabre), userId)
})

test('whatever is missing is named: the vault, the identity', async () => {
  await using palabre = await openPalabre()
  await userIdIn(palabre)
  await palabre.run('plugins disable vault-file')
  const { code, err } = await palabre.run('id show')
  assert.is(code, 2)
  assert.match(err, 'vault-file is switched off')
  assert.match(err, 'palabre plugins enable vault-file')
  await palabre.run('plugins enable vault-file')
  await palabre.run('plugins disable identity-seed')
  assert.match((await palabre.run('id show')).err, 'identity-seed is switched off')
})

test('without the fast primitives the portable ones take over, and the identity is the same', async () => {
  await using palabre = await openPalabre()
  const userId = await userIdIn(palabre)
  const primitives = async () =>
    (JSON.parse((await palabre.run('plugins list --json')).out) as { id: string; state: string }[])
      .filter(({ id }) => id.startsWith('primitives-'))
      .map(({ id, state }) => `${id} ${state}`)
  assert.equal(await primitives(), ['primitives-noble standby', 'primitives-node running'])
  await palabre.run('plugins disable primitives-node')
  assert.equal(await primitives(), ['primitives-noble running', 'primitives-node disabled'])
  assert.is(await userIdIn(palabre), userId)
})

test('a damaged vault is refused and stays as it is', async () => {
  await using palabre = await openPalabre()
  await userIdIn(palabre)
  const file = join(palabre.dir, 'vault.json')
  const half = String((await palabre.files()).get('vault.json')).slice(0, 200)
  await writeFile(file, half)
  const { code, err } = await palabre.run('id show')
  assert.is(code, 2)
  assert.match(err, 'vault.json is damaged')
  assert.is(String((await palabre.files()).get('vault.json')), half)
})

test.run()
