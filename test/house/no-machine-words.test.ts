import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { noMachineWords } from './no-machine-words.ts'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'

const inFile = (text: string, path = 'kernel/plan.ts') => broken(noMachineWords, { [path]: `first\n${text}` })

/** Put together here, so that the rule does not find its own test. */
const path = (...parts: string[]) => ['', ...parts].join('/')
const key = (...parts: string[]) => parts.join('')

test('no machine words', () => holds(noMachineWords))

for (const place of [
  path('work', 'main'),
  path('tmp', 'x.sock'),
  path('root'),
  path('root', '.npmrc'),
  path('Users', 'ada'),
  key('C:', '\\Users\\ada'),
]) {
  for (const line of [
    `const x = '${place}'`,
    `PATH=${place}`,
    `see ${place}`,
    `${place} is ours`,
    `file://${place}`,
    `[x](${place})`,
  ]) {
    test(`found: ${line}`, () => assert.equal(inFile(line), ['kernel/plan.ts:2']))
  }
}

for (const line of [
  `import x from './work/x.ts'`,
  `import x from '../tmp/x.ts'`,
  `https://example.org/work/x`,
  `see kernel/root/x`,
  `'${path('working', 'x')}' '${path('tmpfs')}' '${path('root-store')}' '${path('home', 'ada')}'`,
  `const half = work / tmp / root`,
]) {
  test(`left alone: ${line}`, () => assert.equal(inFile(line), []))
}

test('a container is a machine of its own', () => {
  assert.equal(inFile(`VOLUME ${path('root')}`, 'Dockerfile'), [])
  assert.equal(inFile(`tmpfs: ${path('tmp')}`, 'compose.yaml'), [])
  assert.equal(inFile(`see ${path('tmp')}`, 'README.md'), ['README.md:2'])
})

for (const secret of [
  key('-----BEGIN ', 'PRIVATE KEY-----'),
  key('-----BEGIN RSA ', 'PRIVATE KEY-----'),
  key('ghp', '_', 'a'.repeat(36)),
  key('npm', '_', 'a'.repeat(36)),
  key('xoxb', '-', '1'.repeat(12)),
  key('AKIA', 'A'.repeat(16)),
  key('https://ada:', 'secret@example.org'),
]) {
  test(`found: ${secret.slice(0, 12)}…`, () => assert.equal(inFile(`const x = '${secret}'`), ['kernel/plan.ts:2']))
}

for (const line of [
  key('-----BEGIN ', 'PUBLIC KEY-----'),
  'npm_config_cache',
  'https://example.org:8080/@scope/x',
  'ada@example.org',
  '`https://${a}:${b}@example.org`',
]) {
  test(`left alone: ${line}`, () => assert.equal(inFile(line), []))
}

test('published vectors carry keys', () => {
  assert.equal(inFile(key('-----BEGIN ', 'PRIVATE KEY-----'), 'test/vectors/x.pem'), [])
  assert.equal(inFile(key('-----BEGIN ', 'PRIVATE KEY-----'), 'test/x.pem'), ['test/x.pem:2'])
})

test.run()
