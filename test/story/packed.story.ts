// slow, limit: 300 s
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'palabre-packed-'))

test.before(() => {
  run(process.execPath, [join(root, 'host-cli', 'build-packages.ts')], root)
  npm(['pack', join(root, 'dist', 'sdk'), join(root, 'dist', 'kernel')])
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', type: 'module', private: true }))
  npm([
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    ...readdirSync(folder)
      .filter((name) => name.endsWith('.tgz'))
      .map((name) => `./${name}`),
  ])
})

test.after(() => rmSync(folder, { recursive: true, force: true }))

test('a plugin written against the packed sdk runs in the packed kernel, with its conformance laws and test kit', () => {
  write(
    'plugin.mjs',
    `
    import { definePlugin, text } from '@palabre/sdk'
    import { reply } from '@palabre/sdk/contract/command'
    import { Clock } from '@palabre/sdk/contract/clock'
    import { clockLaws } from '@palabre/sdk/conformance/clock'
    import { startTestHost, testPlugin } from '@palabre/sdk/testkit'

    const tea = definePlugin({
      needs: { clock: Clock },
      start({ clock }, scope) {
        scope.command('tea.time', () => reply({ at: clock.now() }, text('tea', 'thé')))
      },
    })
    const commands = [{ id: 'tea.time', title: { en: 'tea', fr: 'thé' } }]
    await using host = await startTestHost({ plugins: [testPlugin('tea', tea, { commands })], lend: { clock: Clock } })
    const { data } = await host.commands.run('tea.time')
    console.log(JSON.stringify({ at: data.at === host.lent.clock.now(), laws: clockLaws.length > 0, state: host.plugins.why('tea').plugin.state }))
  `,
  )
  assert.equal(JSON.parse(run(process.execPath, ['plugin.mjs'])), { at: true, laws: true, state: 'running' })
})

test('the shipped types hold a plugin to what it declares', () => {
  const plugin = (returned: string) => `
    import { definePlugin, token } from '@palabre/sdk'
    import { Clock } from '@palabre/sdk/contract/clock'
    import { createKernel, readSettings } from '@palabre/kernel'
    const Tea = token<{ readonly leaves: number }>('tea')
    export const plugin = definePlugin({
      needs: { clock: Clock },
      provides: { tea: Tea },
      start: ({ clock }) => ({ tea: { leaves: ${returned} } }),
    })
    export const kernel = createKernel({ host: 'cli', catalog: [], settings: readSettings([]) })
  `
  write('right.ts', plugin('clock.now()'))
  write('wrong.ts', plugin("'many'"))
  assert.is(tsc('right.ts'), '')
  assert.match(tsc('wrong.ts'), /Type 'string' is not assignable to type 'number'/)
})

test.run()

function write(name: string, content: string): void {
  writeFileSync(join(folder, name), content)
}

function tsc(file: string): string {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const options = [
    '--noEmit',
    '--strict',
    '--exactOptionalPropertyTypes',
    '--module',
    'nodenext',
    '--target',
    'esnext',
    '--lib',
    'esnext,dom',
    '--types',
    '',
  ]
  try {
    return run(process.execPath, [compiler, ...options, file])
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

function npm(args: string[]): void {
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args)
}

function run(command: string, args: string[], cwd = folder): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
