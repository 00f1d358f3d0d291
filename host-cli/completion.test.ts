import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text, type JsonSchema } from '@palabre/sdk'
import type { CommandSpec } from '@palabre/sdk/contract/command'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { candidatesFor, completionScript, shells, type Shell } from './completion.ts'

const spec = (id: string, properties: Record<string, JsonSchema> = {}, positional: string[] = []): CommandSpec => ({
  id,
  title: text(id, id),
  args: { type: 'object', properties },
  positional,
})
const specs = [
  spec('run'),
  spec('plugins.list', { state: { enum: ['running', 'blocked'] }, all: { type: 'boolean' } }),
  spec('plugins.move', { plugin: { type: 'string' }, where: { enum: ['up', 'down'] } }, ['plugin', 'where']),
]
const plugins = ['clock-system', 'log-console']
const globals = [
  '--attach',
  '--help',
  '--json',
  '--lang',
  '--no-attach',
  '--plain',
  '--plugins',
  '--profile',
  '--profile-dir',
  '--verbose',
]
const complete = (...words: string[]) => candidatesFor(words, specs, plugins)

test('first come verbs and groups, and what every verb understands', () => {
  assert.equal(complete(''), [...globals, 'plugins', 'run'])
  assert.equal(complete(), [...globals, 'plugins', 'run'])
  assert.equal(complete('p'), ['plugins'])
  assert.equal(complete('--pro'), ['--profile', '--profile-dir'])
})

test('behind a group come its verbs', () => {
  assert.equal(complete('plugins', ''), [...globals, 'list', 'move'])
  assert.equal(complete('plugins', 'm'), ['move'])
  assert.equal(complete('nonsense', ''), [])
})

test('behind a verb come the values of the next place, then its options that are not given yet', () => {
  assert.equal(complete('plugins', 'move', 'c'), ['clock-system'])
  assert.equal(complete('plugins', 'move', 'log-console', ''), [...globals, 'down', 'up'])
  assert.equal(complete('plugins', 'move', 'log-console', 'up', ''), globals)
  assert.equal(complete('plugins', 'move', '--plugin', 'log-console', ''), [...globals, 'down', 'up'])
  assert.equal(complete('plugins', 'list', '--al'), ['--all'])
  assert.equal(complete('plugins', 'list', '--all', '--'), [...globals, '--state'].toSorted())
})

test('behind an option come its values alone', () => {
  assert.equal(complete('plugins', 'list', '--state', ''), ['blocked', 'running'])
  assert.equal(complete('plugins', 'list', '--state', 'r'), ['running'])
  assert.equal(complete('plugins', 'move', '--plugin', ''), plugins)
  assert.equal(complete('--lang', ''), ['en', 'fr'])
  assert.equal(complete('--plugins', ''), [])
  assert.equal(complete('plugins', '--profile-dir', ''), [])
})

test('the global options and their values before or between verbs do not disturb', () => {
  assert.equal(complete('--lang', 'fr', 'plugins', '--json', 'm'), ['move'])
  assert.equal(complete('--profile=relay', 'plugins', 'list', '--plugins', 'plugins', '--state', 'b'), ['blocked'])
})

/** A real shell with a `palabre` on its path that writes down what it is asked, and offers two words, one with a space. */
function inShell(shell: Shell, script: string, offered = 'one\\ntwo words\\n') {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'palabre-completion-'))
  const fake = join(folder.path, 'palabre')
  const asked = join(folder.path, 'asked')
  writeFileSync(fake, `#!/bin/sh\nprintf '<%s>' "$@" > '${asked}'\nprintf '${offered}'\n`)
  chmodSync(fake, 0o755)
  writeFileSync(join(folder.path, 'script'), completionScript(shell))
  const env = {
    ...process.env,
    PATH: `${folder.path}${delimiter}${process.env['PATH']}`,
    SCRIPT: join(folder.path, 'script'),
    ASKED: asked,
  }
  const { status, stdout, stderr } = spawnSync(shell, [...(shell === 'zsh' ? ['-f'] : []), '-c', script], { env, encoding: 'utf8' })
  assert.is(stderr, '')
  assert.is(status, 0)
  return stdout
}

const isInstalled = (shell: Shell) => spawnSync(shell, ['-c', 'true']).status === 0
const shellTest = (shell: Shell, name: string, fn: () => void) => {
  if (isInstalled(shell)) return test(name, fn)
  console.log(`SKIPPED: ${shell} is not installed: ${name}`)
  return test.skip(name, fn)
}

shellTest('bash', 'a real bash asks palabre with the words as they stand, and offers each line as one word', () => {
  const out = inShell(
    'bash',
    `source "$SCRIPT"
    complete -p palabre
    COMP_WORDS=(palabre --lang fr 'a b' plu rest) COMP_CWORD=4
    _palabre
    cat "$ASKED"; echo
    printf '<%s>' "\${COMPREPLY[@]}"`,
  )
  assert.match(out, 'complete -o default -F _palabre palabre')
  assert.match(out, '<__complete><--><--lang><fr><a b><plu>\n<one><two words>')
})

shellTest('bash', 'in bash a word that is still empty is asked for too', () => {
  assert.match(
    inShell('bash', 'source "$SCRIPT"; COMP_WORDS=(palabre plugins "") COMP_CWORD=2; _palabre; cat "$ASKED"'),
    '<plugins><>',
  )
})

shellTest('zsh', 'a real zsh asks palabre with the words as they stand', () => {
  const out = inShell(
    'zsh',
    `compdef() { print "compdef $@" }
    compadd() { local -a all=("\${(@P)2}"); print -rl -- "<"\${^all}">" }
    source "$SCRIPT"
    words=(palabre plugins '') CURRENT=3
    _palabre
    cat "$ASKED"`,
  )
  assert.match(out, 'compdef _palabre palabre')
  assert.match(out, '<one>\n<two words>')
  assert.match(out, '<__complete><--><plugins><>')
})

shellTest('fish', 'a real fish asks palabre with the words as they stand', () => {
  assert.match(inShell('fish', 'source $SCRIPT; complete -C "palabre plugins w"; cat $ASKED'), '<__complete><--><plugins><w>')
})

shellTest('zsh', 'where palabre offers nothing, zsh offers files', () => {
  const out = inShell(
    'zsh',
    'compdef() {}; _files() { print files }; source "$SCRIPT"; words=(palabre --plugins "") CURRENT=3; _palabre',
    '',
  )
  assert.is(out, 'files\n')
})

test('every script calls what exists, and no shell is left out', () => {
  for (const shell of shells) assert.match(completionScript(shell), 'palabre __complete -- ')
})

test.run()
