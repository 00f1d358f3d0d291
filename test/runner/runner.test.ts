import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const room = dirname(import.meta.dirname)

/** A repository of planted files, run by the real runner in a process of its own. */
function run(files: Record<string, string>, ...args: string[]) {
  const root = mkdtempSync(join(tmpdir(), 'palabre-runner-'))
  try {
    symlinkSync(join(dirname(room), 'node_modules'), join(root, 'node_modules'))
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(room, 'run.ts'), '--root', root, ...args], {
      encoding: 'utf8',
    })
    return { status, stdout, stderr, last: stdout.trimEnd().split('\n').at(-1) }
  } finally {
    rmSync(root, { recursive: true })
  }
}

const uvu = (body: string) => `import { test } from 'uvu'\nimport * as assert from 'uvu/assert'\n${body}\ntest.run()\n`
const good = uvu(`test('one', () => assert.is(1, 1)); test('two', async () => {})`)

test('counts what passed, in every room, and leaves out what is slow', () => {
  const { status, stdout, last } = run({
    'sdk/a.test.ts': good,
    'kernel/deep/b.test.ts': good,
    'plugins/store-x/c.test.ts': good,
    'host-cli/d.test.ts': good,
    'test/house/e.test.ts': good,
    'test/story/f.story.ts': good,
    'test/story/g.story.ts': `// slow\n${good}`,
    'elsewhere/h.test.ts': 'throw new Error("not a room")',
    'sdk/node_modules/x/i.test.ts': 'throw new Error("not ours")',
  })
  assert.match(stdout, 'SKIPPED: test/story/g.story.ts is slow: npm test -- --all runs it')
  assert.is(stdout.match(/ 2 passed /g)?.length, 7)
  assert.match(stdout, 'kernel/deep/b.test.ts (no eval, no __proto__)')
  assert.is(last, '14 passed, 0 failed, 1 skipped')
  assert.is(status, 0)
})

test('a pattern chooses files, --all brings the slow ones', () => {
  const files = { 'sdk/a.test.ts': good, 'test/story/g.story.ts': `// slow, limit: 30 s\n${good}` }
  assert.is(run(files, 'sdk/a').last, '2 passed, 0 failed')
  assert.is(run(files, '--all').last, '4 passed, 0 failed')
})

test('a file that freezes what all objects inherit leaves the next ones as they would be', () => {
  const frozen = uvu(`test('freezes', () => void Object.freeze(Object.prototype))`)
  const free = uvu(`test('is free', () => assert.not(Object.isFrozen(Object.prototype)))`)
  const all = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name, at) => [`sdk/${name}.test.ts`, at < 2 ? frozen : free]))
  assert.is(run(all).last, '6 passed, 0 failed')
})

test('what fails has one more try, alone, when it is asked for; what passes then is named', () => {
  const once = (name: string) =>
    uvu(
      `import { existsSync, writeFileSync } from 'node:fs'\ntest('second time', () => { const was = existsSync('${name}'); writeFileSync('${name}', ''); assert.ok(was) })`,
    )
  const bad = uvu(`test('never', () => assert.ok(false))`)
  const two = run({ 'sdk/a.test.ts': once('a'), 'test/story/b.story.ts': once('b'), 'sdk/c.test.ts': good }, '--again')
  assert.is(two.last, '4 passed, 0 failed')
  assert.is(two.status, 0)
  assert.match(two.stdout, /UNSTEADY[^]*sdk\/a\.test\.ts[^]*test\/story\/b\.story\.ts/)

  assert.is(run({ 'sdk/a.test.ts': once('a') }).last, '0 passed, 1 failed')
  const mixed = run({ 'sdk/a.test.ts': once('a'), 'sdk/b.test.ts': bad }, '--again')
  assert.is(mixed.last, '1 passed, 1 failed')
  assert.is(mixed.status, 1)
  const many = run(Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`sdk/${name}.test.ts`, once(name)])), '--again')
  assert.is(many.last, '0 passed, 4 failed')
})

test('no test at all is a failure, a wrong flag exits with 2', () => {
  const none = run({ 'sdk/a.test.ts': good }, 'nowhere')
  assert.match(none.stdout, 'no file matches "nowhere"')
  assert.is(none.last, '0 passed, 0 failed')
  assert.is(none.status, 1)
  const wrong = run({ 'sdk/a.test.ts': good }, '--al')
  assert.match(wrong.stderr, 'npm test -- [--all] [--again] [pattern]')
  assert.is(wrong.status, 2)
})

/** Each would pass, or be missed, if the files ran under uvu as it is. The good ones stand between them in the same process. */
const bad: Record<string, [text: string, says: string]> = {
  'sdk/asserts.test.ts': [uvu(`test('sums', () => assert.is(1 + 1, 3))`), 'Expected values to be strictly equal'],
  'sdk/breaks.test.ts': [`import './nothing-here.ts'`, 'Cannot find module'],
  'sdk/exits.test.ts': [
    uvu(`test('leaves', () => process.exit(0))`),
    'ended with exit code 0 before its tests did, in the test "leaves"',
  ],
  'sdk/hook.test.ts': [uvu(`test.before(() => { throw new Error('no ground') }); test('x', () => {})`), 'no ground'],
  'sdk/later.test.ts': [uvu(`test('x', async () => { Promise.reject(new Error('adrift')) })`), 'adrift'],
  'sdk/nothing.test.ts': [`export const x = 1`, 'registers no test'],
  'sdk/not-run.test.ts': [`import { test } from 'uvu'; test('x', () => { throw new Error('not mine') })`, 'registers no test'],
  'sdk/only.test.ts': [uvu(`test('x', () => {}); test.only('y', () => {})`), 'tests skipped: 1, reasons given: 0'],
  'sdk/pending.test.ts': [
    uvu(`test('waits', () => new Promise(() => {}))`),
    'event loop ran empty: it awaits something that never comes, in the test "waits"',
  ],
  'sdk/silent.test.ts': [uvu(`test('x', () => {}); test.skip('y', () => {})`), 'tests skipped: 1, reasons given: 0'],
  'sdk/spins.test.ts': [
    `// limit: 1 s\n${uvu(`test('x', () => {}); test('spins', () => { for (;;); })`)}`,
    'took longer than 1 s, in the test "spins"',
  ],
  'sdk/throws.test.ts': [uvu(`test('x', () => { throw undefined }); test('y', () => {})`), '2 of its tests did not come to an end'],
  'test/open.story.ts': [uvu(`test('x', () => { setInterval(() => {}, 1000) })`), 'something is still open: Timeout'],
  'test/stops.story.ts': [
    uvu(`test('x', () => { process.on('exit', () => process.exit(9)) })`),
    'ended with exit code 9 after its tests',
  ],
  'plugins/view-x/evals.test.ts': [
    uvu(`test('x', () => assert.is(new Function('return 1')(), 1))`),
    'Code generation from strings disallowed',
  ],
  'plugins/view-x/proto.test.ts': [uvu(`test('x', () => assert.ok(({}).__proto__))`), 'disallowed with --disable-proto=throw'],
}

test('fails every file that does not do its tests, by name, and goes on', () => {
  const planted = Object.fromEntries(Object.entries(bad).map(([path, [text]]) => [path, text]))
  const neighbours = Object.fromEntries('abcdefgh'.split('').map((letter) => [`sdk/${letter}-good.test.ts`, good]))
  const { stdout, last, status } = run({ ...planted, ...neighbours, 'plugins/view-x/manifest.json': '{ "hosts": ["web"] }' })
  const blocks = stdout.split(/^(?= +\d+ (?:of \d+ FAILED|passed) )/m)
  for (const [path, [, says]] of Object.entries(bad)) {
    const block = blocks.find((text) => text.includes(path) && text.includes(' FAILED '))
    assert.ok(block, `${path} fails\n${stdout}`)
    assert.ok(block.includes(says), `${path} says "${says}"\n${block}`)
    assert.match(stdout.slice(stdout.indexOf('\nFailed:\n')), path)
  }
  for (const path of Object.keys(neighbours))
    assert.ok(
      blocks.some((text) => text.includes(` 2 passed`) && text.includes(path)),
      path,
    )
  assert.not.match(stdout, 'not mine')
  assert.is(last, sumOf(stdout))
  assert.is(status, 1)
})

/** From the lines of the files, added up here once more. */
function sumOf(stdout: string): string {
  let [passed, failed] = [0, 0]
  for (const [, bad, all] of stdout.matchAll(/^ +(\d+) of (\d+) FAILED/gm)) {
    failed += Number(bad)
    passed += Number(all) - Number(bad)
  }
  for (const [, count] of stdout.matchAll(/^ +(\d+) passed /gm)) passed += Number(count)
  const skipped = [...stdout.matchAll(/tests skipped: (\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0)
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

test('shows reasons and measurements of files that pass, and nothing else of them', () => {
  const text = uvu(
    `console.log('chatter'); console.log('MEASURED: 3 ms'); console.log('SKIPPED: no radio here'); test.skip('radio'); test('x', () => {})`,
  )
  const { stdout, last, status } = run({ 'sdk/a.test.ts': text })
  assert.match(stdout, 'MEASURED: 3 ms')
  assert.match(stdout, 'SKIPPED: no radio here')
  assert.not.match(stdout, 'chatter')
  assert.is(last, '1 passed, 0 failed, 1 skipped')
  assert.is(status, 0)
})

test('ends what a story left running', () => {
  const story = uvu(`
    import { spawn } from 'node:child_process'
    test('x', () => {
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
      child.unref()
      console.log('MEASURED: left ' + child.pid)
    })`)
  const { stdout } = run({ 'test/a.story.ts': story })
  const left = Number(/left (\d+)/.exec(stdout)?.[1])
  assert.ok(left > 0, stdout)
  assert.not.ok(isRunning(left))
})

/** A process that nobody has buried yet is not running. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}

test.run()
