import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { command, manifestOf, plugin } from './cli-plugins.ts'
import { newPerson, type Person } from './cli-process.ts'

/** Plain JavaScript, as a package brings it; it needs a contract of the house and provides a command. */
const tea = `import { definePlugin, text } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { leaves } from 'tea-leaves'

export const plugin = definePlugin({
  needs: { clock: Clock },
  start({ clock }, scope) {
    scope.command('tea.time', () => reply({ at: clock.now() }, text(leaves, leaves)))
  },
})
`
const manifest = manifestOf('tea', { needs: ['clock@1'], commands: [command('tea.time')] })

async function assertDrinks(person: Person, ...args: string[]): Promise<void> {
  const { code, out, err } = await person.palabre('tea', 'time', ...args)
  assert.equal([code, out, err], [0, 'assam\n', ''])
  assert.match((await person.palabre('--help', ...args)).out, /^ {2}tea <command> +time$/m)
}

test('a folder outside the house runs by its path, with dependencies of its own and no sdk', async () => {
  await using person = newPerson({ plugins: { tea: { from: '../others/tea' } } })
  person.write({
    'others/tea/manifest.json': manifest,
    'others/tea/index.js': tea,
    'others/tea/package.json': { type: 'module' },
    'others/tea/node_modules/tea-leaves/package.json': { name: 'tea-leaves', type: 'module', exports: './index.js' },
    'others/tea/node_modules/tea-leaves/index.js': `export const leaves = 'assam'`,
  })
  await assertDrinks(person)
  assert.is((await person.palabre('plugins', 'disable', 'tea')).code, 0)
  const off = await person.palabre('tea', 'time')
  assert.is(off.code, 2)
  assert.match(off.err, '"tea.time" comes with the plugin tea, which does not run: tea is switched off')
  await person.palabre('plugins', 'enable', 'tea')
  await assertDrinks(person)
})

test('an npm package beside plugins.json runs by its name, as plain JavaScript, from its main file', async () => {
  await using person = newPerson({ plugins: { tea: { from: '@others/palabre-tea' } } })
  person.write({
    'profile/node_modules/@others/palabre-tea/package.json': {
      name: '@others/palabre-tea',
      version: '1.0.0',
      type: 'module',
      main: 'dist/tea.js',
      peerDependencies: { '@palabre/sdk': '^0.1.0' },
    },
    'profile/node_modules/@others/palabre-tea/manifest.json': manifest,
    'profile/node_modules/@others/palabre-tea/dist/tea.js': tea,
    'profile/node_modules/tea-leaves/package.json': { name: 'tea-leaves', type: 'module', exports: './index.js' },
    'profile/node_modules/tea-leaves/index.js': `export const leaves = 'assam'`,
  })
  assert.not(existsSync(join(person.profileDir, 'node_modules', '@palabre')))
  await assertDrinks(person)
})

test('a path is seen from the file that names it, also from one named by --plugins', async () => {
  await using person = newPerson()
  person.write({
    'elsewhere/mine.json': { plugins: { tea: { from: './tea' } } },
    'elsewhere/tea/manifest.json': manifest,
    'elsewhere/tea/index.mjs': tea.replace("import { leaves } from 'tea-leaves'", "const leaves = 'assam'"),
  })
  await assertDrinks(person, '--plugins', join(person.folder, 'elsewhere', 'mine.json'))
})

test('TypeScript runs as it is, and what is missing in it is told by name', async () => {
  await using person = newPerson({ plugins: { typed: { from: '../typed' }, lacking: { from: '../lacking' } } })
  person.write({
    ...plugin('typed', `const said: string = 'typed'; scope.command('typed.say', () => reply(said))`, {
      commands: [command('typed.say')],
    }),
    ...plugin('lacking', ''),
    'lacking/index.ts': `import 'palabre-not-there'`,
  })
  const { code, out } = await person.palabre('typed', 'say')
  assert.equal([code, out], [0, 'typed\n'])
  const { err } = await person.palabre('plugins', 'list')
  assert.match(err, /lacking did not start: Cannot find package 'palabre-not-there' imported from .*lacking\/index\.ts/)
})

test('titles, names and answers of others cannot move the terminal', async () => {
  const evil = '\u001b[2J\u0007\u202edrow\u009b1m\r'
  await using person = newPerson({ plugins: { evil: { from: '../evil' } } })
  person.write(
    plugin('evil', `scope.command('evil.say', () => reply({ evil: ${JSON.stringify(evil)} }, text(${JSON.stringify(evil)}, '')))`, {
      title: { en: evil, fr: evil },
      commands: [{ ...command('evil.say'), title: { en: evil, fr: evil } }],
    }),
  )
  for (const args of [
    ['--help'],
    ['evil', '--help'],
    [],
    ['plugins', 'list'],
    ['plugins', 'why', 'evil'],
    ['evil', 'say'],
    ['evil', 'say', '--json'],
    ['--json'],
  ]) {
    const { out, err } = await person.palabre(...args)
    assert.not.match(out + err, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/, args.join(' '))
    // A group stands there by its verbs alone.
    if (args[0] !== '--help') assert.match(out, 'drow', args.join(' '))
  }
  assert.equal(JSON.parse((await person.palabre('evil', 'say', '--json')).out), { evil })
})

test.run()
