import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { from, plugin } from './cli-plugins.ts'
import { newPerson } from './cli-process.ts'

/** Takes the whole process down while it starts, as long as the file `spare` is not there. */
const killer = (id: string, spare: string) =>
  plugin(id, `if (!(await import('node:fs')).existsSync(${JSON.stringify(spare)})) process.kill(process.pid, 'SIGKILL')`)

test('a plugin whose start killed the process twice is skipped and named, alone, until the person wants it again', async () => {
  await using person = newPerson({ plugins: from('killer') })
  const spare = join(person.folder, 'spare')
  person.write(killer('killer', spare))
  for (const _ of [1, 2]) assert.is((await person.palabre('plugins', 'list')).signal, 'SIGKILL')

  for (const [language, said] of [
    ['en', /▲ given up +killer +killer was starting both times Palabre died, and is skipped\n/],
    ['fr', /▲ mis à l’écart +killer +killer démarrait les deux fois où Palabre est mort, et il est laissé de côté\n/],
  ] as const) {
    const { code, out } = await person.palabre('plugins', 'list', '--lang', language)
    assert.is(code, 0)
    assert.match(out, said)
    assert.is(out.match(/^▲/gm)?.length, 1, 'the others run')
  }
  assert.match((await person.palabre('plugins', 'why', 'killer')).out, 'What to do: Try it again: palabre plugins enable killer')

  assert.is((await person.palabre('plugins', 'enable', 'killer')).signal, 'SIGKILL')
  person.write({ spare: '' })
  assert.equal(await person.palabre('plugins', 'enable', 'killer').then(({ code, out }) => [code, out]), [0, 'killer: running\n'])
  rmSync(spare)
  assert.is((await person.palabre('plugins', 'list')).signal, 'SIGKILL')
  person.write({ spare: '' })
  const { code, out } = await person.palabre('plugins', 'list')
  assert.is(code, 0)
  assert.match(out, /● running +killer/)
})

test('of several that were starting, the guilty one is found, the manager itself included', async () => {
  await using person = newPerson({ plugins: from('one', 'two', 'killer') })
  person.write({ ...plugin('one', ''), ...plugin('two', ''), ...killer('killer', join(person.folder, 'spare')) })
  for (const _ of [1, 2]) assert.is((await person.palabre()).signal, 'SIGKILL')
  const { plugins } = JSON.parse((await person.palabre('--json')).out) as { plugins: { id: string; state: string }[] }
  const skipped = plugins.filter(({ state }) => state === 'quarantined').map(({ id }) => id)
  assert.equal(skipped, ['killer'])
})

test('processes that start at the same time do not hold each other’s starts against anybody', async () => {
  await using person = newPerson({ plugins: from('slow') })
  person.write(
    plugin(
      'slow',
      `const told = new Promise((go) => process.once('SIGUSR2', go))\nprocess.stderr.write('starting\\n')\nawait told`,
    ),
  )
  const first = person.start(['plugins', 'list'])
  await first.says('starting', 'err')
  const others = [1, 2, 3].map(() => person.start(['plugins', 'list']))
  await Promise.all(others.map((one) => one.says('starting', 'err')))
  for (const one of [first, ...others]) one.signal('SIGUSR2')
  for (const one of [first, ...others]) assert.match((await one.ended).out, /● running +slow/)
})

test('a process that is ended from outside while nothing starts leaves nobody under suspicion', async () => {
  await using person = newPerson()
  for (const _ of [1, 2, 3]) {
    const run = person.start(['run'])
    await run.says('Running: ')
    run.signal('SIGKILL')
    await run.ended
  }
  const journal = join(person.profileDir, 'boot-cli.json')
  assert.ok(existsSync(journal))
  const { starting, deaths } = JSON.parse(readFileSync(journal, 'utf8')) as { starting: string[]; deaths: object }
  assert.equal([starting, deaths], [[], {}])
  assert.not.match((await person.palabre('plugins', 'list')).out, /^▲/m)
})

test.run()
