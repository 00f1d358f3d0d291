import { spawnSync } from 'node:child_process'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

test('what is young keeps to a small space, however much of it stays', () => {
  const growing = nurseryAfterMuchStayed('')
  const kept = nurseryAfterMuchStayed("(await import('./small-nursery.ts')).keepNurserySmall();")
  assert.ok(kept * 4 <= growing, `${kept} bytes kept small, ${growing} otherwise`)
})

/** In a process of its own: the flag is for all of a process and for good. */
function nurseryAfterMuchStayed(first: string): number {
  const script = `${first}
    const v8 = await import('node:v8')
    const stays = []
    for (let i = 0; i < 2_000_000; i++) stays.push({ i })
    console.log(v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size)`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  assert.is(stderr, '')
  return Number(stdout)
}

test.run()
