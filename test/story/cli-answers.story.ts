import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { command, from, plugin } from './cli-plugins.ts'
import { newPerson, repository, type Person } from './cli-process.ts'

/** What each verb of the help is called with; a verb that is not here fails the story. */
const lines: Record<string, string[]> = {
  'create plugin': ['filter-links', '--dir', '.'],
  completion: ['bash'],
  'id show': [],
  'id name': ['Ada'],
  'invite list': [],
  'contacts list': [],
  'friends list': [],
  conversations: [],
  outbox: [],
  'messages receipts': [],
  'mailbox status': [],
  'net info': [],
  'relay list': [],
  'plugins list': [],
  'plugins graph': [],
  'plugins why': ['log-console'],
  'plugins flow': [],
  'plugins profile': [],
  'plugins enable': ['example-greeter'],
  'plugins disable': ['example-greeter'],
  'plugins config': ['log-console', 'level=info'],
}
/** Verbs that go on until they are interrupted, ask the person, or need another one; other stories are theirs. */
const ownStories = [
  ...['run', 'demo', 'doctor', 'checkup', 'plugins watch', 'id phrase', 'id restore', 'vault passphrase', 'vault lock'],
  ...['accept', 'create', 'read', 'revoke'].map((verb) => `invite ${verb}`),
  ...['block', 'export', 'import', 'policy', 'remove', 'rename', 'show', 'trust', 'unblock', 'verify', 'watch'].map(
    (verb) => `contacts ${verb}`,
  ),
  ...['send', 'listen', 'history', 'search', 'export', 'road'],
  ...['clear', 'delete', 'draft', 'edit', 'forget', 'fuse', 'react', 'read', 'retry', 'show', 'typing', 'watch', 'withdraw'].map(
    (verb) => `messages ${verb}`,
  ),
  ...['add-peer', 'connect', 'demo webrtc', 'diagnostics', 'disconnect', 'history', 'list-peers', 'named-peers', 'nat-test'].map(
    (verb) => `net ${verb}`,
  ),
  ...['network-info', 'ping', 'remove-peer', 'rotate', 'selftest', 'send', 'start-discovery', 'watch'].map((verb) => `net ${verb}`),
  ...['add', 'remove'].map((verb) => `friends ${verb}`),
  ...['add', 'health', 'link', 'remove'].map((verb) => `relay ${verb}`),
]

async function verbsIn(person: Person, path: string[]): Promise<string[]> {
  const { out, code, err } = await person.palabre(...path, '--help')
  assert.equal([code, err], [0, ''])
  const block = /\n(?:Commands|Commandes) ?:\n((?: .*\n)+)/.exec(out)?.[1]
  if (block === undefined) return [path.join(' ')]
  const names = [...block.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name!)
  return (await Promise.all(names.map((name) => verbsIn(person, [...path, name])))).flat()
}

test('every verb of the help runs, for people and for programs, and says nothing where it should not', async () => {
  await using person = newPerson()
  mkdirSync(person.profileDir)
  const verbs = await verbsIn(person, [])
  assert.equal(verbs.toSorted(), [...Object.keys(lines), ...ownStories].toSorted())

  for (const verb of Object.keys(lines)) {
    const args = [...verb.split(' '), ...lines[verb]!]
    const plain = await person.start(args, { cwd: person.profileDir }).ended
    assert.equal([plain.code, plain.err], [0, ''], verb)
    assert.ok(plain.out.trim().length > 0, verb)
    mkdirSync(join(person.folder, verb))
    const { code, out, err } = await person.start([...args, '--json'], { cwd: join(person.folder, verb) }).ended
    assert.equal([code, err], [0, ''], verb)
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    assert.ok(answers.length > 0, verb)
  }
})

test('alone it says what this is, what runs, and what to type next', async () => {
  await using person = newPerson()
  const en = await person.palabre()
  assert.equal([en.code, en.err], [0, ''])
  assert.match(en.out, /^Palabre \d+\.\d+\.\d+: private conversation without a centre\n\n/)
  assert.match(en.out, /● log-console +Log on the console\n/)
  assert.match(en.out, /○ example-greeter /)
  assert.match(en.out, 'palabre --help')
  const fr = await person.start([], { env: { LC_ALL: 'fr_FR.UTF-8' } }).ended
  assert.match(fr.out, /● log-console +Journal sur la console\n/)
  const { plugins, settingsFile } = JSON.parse((await person.palabre('--json')).out) as {
    plugins: { id: string }[]
    settingsFile: string
  }
  assert.ok(plugins.some(({ id }) => id === 'log-console'))
  assert.is(settingsFile, person.settings)
})

test('answers, help and mistakes speak French on request', async () => {
  await using person = newPerson()
  const say = async (...args: string[]) => {
    const { out, err } = await person.palabre('--lang', 'fr', ...args)
    return out + err
  }
  assert.match(await say('plugins', 'list'), 'en marche')
  assert.match(await say('--help'), 'Codes de sortie :')
  assert.match(await say('plugins', '--help'), 'Lister les plugins')
  assert.match(await say('plugins', 'lst'), 'Vouliez-vous dire « plugins list » ?')
  assert.match(await say('plugins', 'why', 'log-consol'), 'Vouliez-vous dire « log-console » ?')
  assert.match(
    await say('plugins', 'config', 'log-console', 'level=loud'),
    /^log-console : level doit être .*"warn".*\nVoyez : palabre plugins config log-console\n$/,
  )
})

test('exit codes say who must act, and what went wrong stands on standard error', async () => {
  await using person = newPerson({ plugins: from('failing') })
  const commands = ['ours', 'callers', 'peers', 'networks'].map((name) => command(`fail.${name}`))
  person.write(
    plugin(
      'failing',
      `scope.command('fail.ours', () => { throw new Error('a bug') })
       const fail = (code) => () => { throw new PalabreError(code, text('because of ' + code, 'à cause de ' + code)) }
       scope.command('fail.callers', fail('denied'))
       scope.command('fail.peers', fail('peer-misbehaved'))
       scope.command('fail.networks', fail('unreachable'))`,
      { commands },
    ),
  )
  for (const [args, code, said] of [
    [['plugins', 'list'], 0, ''],
    [['fail', 'ours'], 1, '"fail.ours" failed in the plugin failing: a bug'],
    [['fail', 'callers'], 2, 'because of denied'],
    [['fail', 'peers'], 3, 'because of peer-misbehaved'],
    [['fail', 'networks'], 3, 'because of unreachable'],
    [['nonsense'], 2, 'there is no command "nonsense"'],
    [['plugins', 'why', 'nobody'], 2, 'there is no plugin "nobody"'],
    [['plugins', 'list', '--lang', 'de'], 2, '--lang is "en" or "fr"'],
    [['plugins', 'list', '--profile', 'exampels'], 2, 'did you mean "examples"'],
  ] as const) {
    const plain = await person.palabre(...args)
    assert.is(plain.code, code, args.join(' '))
    assert.match(plain.err, said)
    if (code === 0) continue
    assert.is(plain.out, '', args.join(' '))
    const json = await person.palabre(...args, '--json')
    assert.equal([json.code, json.out], [code, ''])
    const { error } = JSON.parse(json.err) as { error: { text: { en: string; fr: string }; code: string } }
    assert.match(error.text.en, said)
    assert.ok(error.text.fr.length > 0 && error.code.length > 0)
  }
})

test('with DUMP_SESSION_KEYS set nothing starts, and it is said why', async () => {
  await using person = newPerson()
  for (const value of ['1', '']) {
    const { code, out, err } = await person.start(['plugins', 'list'], { env: { DUMP_SESSION_KEYS: value } }).ended
    assert.equal([code, out], [2, ''])
    assert.match(err, 'DUMP_SESSION_KEYS is set: it would write the keys of every connection to disk\nUnset it, then start again.')
  }
  assert.not.ok(existsSync(person.profileDir))
})

test('a profile of plugins.json is laid over it', async () => {
  await using person = newPerson()
  const list = async (...args: string[]) => (await person.palabre('plugins', 'list', ...args)).out
  assert.match(await list(), /off +example-greeter/)
  assert.match(await list('--profile', 'examples'), /running +example-greeter/)
  assert.match((await person.palabre('doorbell', 'ring', 'Awa', '--profile', 'examples')).out, 'Hello, Awa!')
})

test('what the manager cannot do while it is off is said, and enable leads back', async () => {
  await using person = newPerson()
  assert.is((await person.palabre('plugins', 'disable', 'plugin-manager')).code, 0)
  const { code, err } = await person.palabre('plugins', 'list')
  assert.is(code, 2)
  const todo = /Switch it on: palabre (.*)\n/.exec(err)![1]!
  const back = await person.palabre(...todo.split(' '))
  assert.equal([back.code, back.out], [0, 'plugin-manager: running\n'])
  assert.is((await person.palabre('plugins', 'list')).code, 0)
})

test('it works from any folder, and files named on the line are seen from there', async () => {
  await using person = newPerson()
  person.write({ 'deep/mine.json': { plugins: { 'example-greeter': true } } })
  const cwd = join(person.folder, 'deep')
  const here = await person.start(['plugins', 'list', '--plugins', 'mine.json'], { cwd }).ended
  assert.equal([here.code, here.err], [0, ''])
  assert.match(here.out, /running +example-greeter/)
  const profile = await person.start(['plugins', 'disable', 'log-console', '--profile-dir', '../other'], { cwd }).ended
  assert.is(profile.code, 0)
  assert.equal(JSON.parse(readFileSync(join(person.folder, 'other', 'plugins.json'), 'utf8')), {
    plugins: { 'log-console': false },
  })
})

throughTheBin('it works as the bin of its package, through a link, from any folder', async () => {
  await using person = newPerson()
  const link = join(person.folder, 'palabre')
  symlinkSync(join(repository, 'host-cli', 'bin', 'palabre.mjs'), link)
  const { code, out, err } = await person.start(['plugins', 'list'], { command: [process.execPath, link] }).ended
  assert.equal([code, err], [0, ''])
  assert.match(out, /running +log-console/)
  assert.is((await person.start(['nonsense'], { command: [process.execPath, link] }).ended).code, 2)
})

test('a real bash completes with the real palabre', async () => {
  await using person = newPerson()
  person.write({ 'bin/palabre': `#!/bin/sh\nexec '${process.execPath}' '${join(repository, 'host-cli', 'palabre.ts')}' "$@"\n` })
  const script = `chmod +x '${person.folder}/bin/palabre'; PATH='${person.folder}/bin':"$PATH"; source <(palabre completion bash)
    complete_line() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _palabre; printf '%s ' "\${COMPREPLY[@]}"; echo; }
    complete_line palabre plu
    complete_line palabre --lang fr plugins dis
    complete_line palabre plugins why log
    complete_line palabre plugins list --state bl`
  const { stdout, stderr, status, error } = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    env: { ...process.env, PALABRE_PROFILE_DIR: person.profileDir },
  })
  if (error !== undefined) throw error
  assert.equal([status, stderr, stdout], [0, '', 'plugins \ndisable \nlog-console \nblocked \n'])
})

test.run()

/** The bin sees to the packages first; where npm test has not done so already, that would be done under the other tests. */
function throughTheBin(name: string, fn: () => Promise<void>): void {
  if (packagesStand()) return test(name, fn)
  console.log(`SKIPPED: the packages are not those that npm test installs: ${name}`)
  test.skip(name)
}

function packagesStand(): boolean {
  const stamp = join(repository, 'node_modules', '.ready.json')
  const lock = readFileSync(join(repository, 'package-lock.json'))
  const { packages } = (existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : {}) as { packages?: string }
  return packages === createHash('sha256').update(lock).digest('hex')
}
