import { isPalabreError } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readWebArguments, webHelp } from './web-arguments.ts'

test('without arguments it listens on this machine only, at the usual place', () => {
  assert.equal(readWebArguments([]), { help: false, port: undefined, host: '127.0.0.1', https: false, out: undefined, relay: true })
})

test('port, host and folder are taken as given', () => {
  assert.equal(readWebArguments(['--port', '0', '--host=::1', '--out', 'page', '--no-relay']), {
    help: false,
    port: 0,
    host: '::1',
    https: false,
    out: 'page',
    relay: false,
  })
  assert.is(readWebArguments(['-h']).help, true)
})

test('for other machines it is HTTPS, at all addresses or at the one that is named', () => {
  const placeOf = (...line: string[]) => {
    const { host, https } = readWebArguments(line)
    return [host, https]
  }
  assert.equal(placeOf('--lan'), ['0.0.0.0', true])
  assert.equal(placeOf('--lan', '--host', '192.0.2.7'), ['192.0.2.7', true])
  assert.equal(placeOf('--https'), ['127.0.0.1', true])
})

test('what cannot be understood is told, with where to look', () => {
  for (const line of [
    ['--prot', '1'],
    ['here'],
    ['--port'],
    ['--port', '65536'],
    ['--port', '-1'],
    ['--port', '1e3'],
    ['--port', ''],
  ]) {
    try {
      readWebArguments(line)
      assert.unreachable(line.join(' '))
    } catch (error) {
      assert.ok(isPalabreError(error) && error.code === 'bad-argument', String(error))
      assert.match(error.todo?.fr ?? '', '--help')
    }
  }
})

test('the help names every option in both languages', () => {
  for (const help of Object.values(webHelp))
    for (const option of ['--port', '--host', '--out', '--no-relay', '--plugins', '--profile', '--lang']) assert.match(help, option)
})

test.run()
