// slow, limit: 600 s
import { once } from 'node:events'
import { testSeed, seededRandom } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openPalabre } from './palabre-runs.ts'

const deaths = 50
const random = seededRandom(testSeed())

test(`killed at ${deaths} random moments of a change, the vault opens with the old passphrase or the new one (seed ${random.seed})`, async () => {
  await using palabre = await openPalabre()
  const first = await palabre.run('id show --json')
  const begun = performance.now()
  let now = 'passphrase 0'
  assert.is((await palabre.run('vault passphrase', { input: now })).code, 0)
  const usual = performance.now() - begun

  const opensWith = async (passphrase: string) => {
    const { code, out, err } = await palabre.run('id show --json', { env: { PALABRE_PASSPHRASE: passphrase } })
    if (code === 0) assert.is(out, first.out)
    else assert.match(err, 'this passphrase is wrong')
    return code === 0
  }

  const outcomes = { old: 0, new: 0 }
  for (let death = 1; death <= deaths; death++) {
    const next = `passphrase ${death}`
    const { child, result } = palabre.begin('vault passphrase', { input: next, env: { PALABRE_PASSPHRASE: now } })
    // Most of a run is the start of Node and two Argon2id: what matters happens towards its end.
    const moment = usual * (0.6 + 1.1 * random.next())
    const timer = setTimeout(() => child.kill('SIGKILL'), moment)
    await once(child, 'close')
    clearTimeout(timer)
    await result
    if (await opensWith(next)) {
      now = next
      outcomes.new++
    } else {
      assert.ok(await opensWith(now), `death ${death} after ${Math.round(moment)} ms: neither passphrase opens it`)
      outcomes.old++
    }
  }
  console.log(`MEASURED: of ${deaths} changes that were killed ${outcomes.old} had not happened and ${outcomes.new} had`)
  assert.ok(outcomes.old > 0 && outcomes.new > 0, 'the deaths come before and after')
})

test.run()
