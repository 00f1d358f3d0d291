import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { command, from, plugin } from './cli-plugins.ts'
import { newPerson, type Person, repository, type CliProcess } from './cli-process.ts'

const isAlive = ({ child }: CliProcess) => {
  try {
    return process.kill(child.pid!, 0)
  } catch {
    return false
  }
}
/** Tells on standard error that it was stopped in good order. */
const witness = plugin(
  'witness',
  `scope.onStop(() => process.stderr.write('witness stopped\\n')); return { witness: {} }`,
  { provides: ['witness@1'] },
  `provides: { witness: token('witness') },`,
)
/** Of those whose commands make the witness start. */
const besideWitness = `needs: { witness: token('witness') },`

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${name} ends run with 0, plugins stopped in good order, and leaves no process`, async () => {
    await using person = newPerson({ plugins: from('witness') })
    person.write(witness)
    const run = person.start(['run'])
    await run.says('Running: ')
    run.signal(name)
    const { code, signal, err } = await run.ended
    assert.equal([code, signal, err], [0, null, 'witness stopped\n'])
    assert.not(isAlive(run))
  })
}

test('Ctrl-C ends plugins watch with 0', async () => {
  await using person = newPerson({ plugins: from('witness', 'ready') })
  person.write({
    ...witness,
    ...plugin('ready', '', { needs: ['plugins@1'] }),
    'ready/index.ts': `import { definePlugin } from '@palabre/sdk'
import { Plugins } from '@palabre/sdk/contract/plugins'
export const plugin = definePlugin({ needs: { plugins: Plugins }, start({ plugins }, scope) {
  // Again and again, until somebody watches.
  scope.every(20, async () => void (await plugins.disable('witness'), await plugins.enable('witness')))
} })`,
  })
  const watching = person.start(['plugins', 'watch'])
  await watching.says('witness: off')
  watching.signal('SIGINT')
  const { code, err } = await watching.ended
  assert.is(code, 0)
  assert.match(err, /^(witness stopped\n)+$/)
})

test('a command that is interrupted before its answer ends with 130, whether or not it listens', async () => {
  await using person = newPerson({ plugins: from('slow', 'witness') })
  const commands = [command('wait.deaf'), command('wait.kind')]
  person.write({
    ...witness,
    ...plugin(
      'slow',
      `const say = () => process.stderr.write('waiting\\n')
       scope.command('wait.deaf', () => { say(); return new Promise(() => undefined) })
       scope.command('wait.kind', (_, { signal }) => { say(); return new Promise((_, no) => signal.addEventListener('abort', () => no(signal.reason))) })`,
      { commands, needs: ['witness@1'] },
      besideWitness,
    ),
  })
  for (const verb of ['deaf', 'kind']) {
    const waiting = person.start(['wait', verb])
    await waiting.says('waiting', 'err')
    waiting.signal('SIGINT')
    const { code, signal, out, err } = await waiting.ended
    assert.equal([code, signal, out, err], [130, null, '', 'waiting\nwitness stopped\n'], verb)
  }
})

test('Ctrl-C while plugins start is heard at once, and the command is not run', async () => {
  await using person = newPerson({ plugins: from('slow') })
  person.write(plugin('slow', `process.stderr.write('starting\\n'); await new Promise(() => undefined)`))
  const before = readFileSync(person.settings, 'utf8')
  const starting = person.start(['plugins', 'disable', 'log-console'])
  await starting.says('starting', 'err')
  starting.signal('SIGINT')
  const { code, out } = await starting.ended
  assert.equal([code, out], [130, ''])
  assert.is(readFileSync(person.settings, 'utf8'), before)
})

test('a second Ctrl-C does not wait for a plugin that hangs while it stops', async () => {
  await using person = newPerson({ plugins: from('clinging') })
  person.write(
    plugin('clinging', `scope.onStop(() => { process.stderr.write('clinging\\n'); return new Promise(() => undefined) })`),
  )
  const run = person.start(['run'])
  await run.says('Running: ')
  run.signal('SIGINT')
  await run.says('clinging', 'err')
  assert.ok(isAlive(run))
  run.signal('SIGINT')
  const { code, signal } = await run.ended
  assert.equal([code, signal], [130, null])
})

test('whoever reads only the first line ends it in good order', async () => {
  await using person = newPerson({ plugins: from('witness', 'talker') })
  person.write({
    ...witness,
    ...plugin(
      'talker',
      `scope.command('talk', async function* () { for (let i = 0; i < 1e6; i++) yield reply(i, text('line ' + i, 'ligne ' + i)) })`,
      { commands: [command('talk', {}, { streams: true })], needs: ['witness@1'] },
      besideWitness,
    ),
  })
  const palabre = `'${process.execPath}' '${repository}/host-cli/palabre.ts'`
  const pipe = (line: string) =>
    person.start(['-c', `${line} | head -1; echo "code \${PIPESTATUS[0]}"`], { command: ['bash'] }).ended
  assert.equal(await pipe(`${palabre} talk`).then(({ out, err }) => [out, err]), ['line 0\ncode 0\n', 'witness stopped\n'])
  assert.match((await pipe(`${palabre} plugins list --json`)).out, /^\[.*\]\ncode 0\n$/)
  assert.match((await pipe(`${palabre} --help`)).out, /^Usage: .*\ncode 0\n$/)
  assert.match((await pipe(`${palabre} nonsense 2>&1`)).out, /^there is no command "nonsense"\ncode 2\n$/)
})

test('run stays up without a standard input', async () => {
  for (const begin of [
    (person: Person) => person.start(['run']),
    (person: Person) => person.start(['run'], { stdio: ['pipe', 'pipe', 'pipe'] }),
    (person: Person) =>
      person.start(['-c', `exec '${process.execPath}' '${repository}/host-cli/palabre.ts' run <&-`], { command: ['bash'] }),
  ]) {
    await using person = newPerson()
    const run = begin(person)
    await run.says('Running: ')
    run.child.stdin?.end()
    const other = await person.palabre('plugins', 'list')
    assert.is(other.code, 0)
    assert.ok(isAlive(run))
    run.signal('SIGINT')
    assert.is((await run.ended).code, 0)
  }
})

test.run()
