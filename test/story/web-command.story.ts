import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { webHostProcess } from '../browser/web-host.ts'

const test = suite('npm run web')

test('it builds, says where it is, serves strictly, and ends with Ctrl-C', async () => {
  using place = openPlace()
  const host = webHostProcess([...place.given, '--port', '0', '--lang', 'fr'])
  const [, address] = /^Palabre est à l’adresse (http:\/\/127\.0\.0\.1:\d+\/)$/.exec(await host.firstLine) ?? []
  const answer = await fetch(address!)
  assert.is(answer.status, 200)
  assert.match(answer.headers.get('content-security-policy')!, "default-src 'none'; script-src 'self'")
  assert.match(await answer.text(), /<script type="module"[^>]* src="\.\/assets\/index\.[\w-]+\.js">/)
  assert.is((await fetch(new URL('/%2e%2e/plugins.json', address))).status, 404)

  host.interrupt()
  const { code, errors } = await host.ended
  assert.is(code, 0)
  assert.is(errors, '')
  assert.not.ok(await fetch(address!).catch(() => undefined))
})

test('a second start takes what the first one built', async () => {
  using place = openPlace()
  const pageServed = async () => {
    const host = webHostProcess([...place.given, '--port', '0', '--json'])
    const { address } = JSON.parse(await host.firstLine) as { address: string }
    const html = await (await fetch(address)).text()
    host.interrupt()
    assert.is((await host.ended).code, 0)
    return html
  }
  const first = await pageServed()
  writeFileSync(join(place.page, 'index.html'), first.replace('<title>Palabre', '<title>Palabre, as it was'))
  assert.match(await pageServed(), '<title>Palabre, as it was')
  place.settings({ plugins: { 'log-console': false } })
  assert.match(await pageServed(), '<title>Palabre</title>')
})

test('what the caller must change is one message and exit code 2, and nothing is built', async () => {
  using place = openPlace()
  const taken = createServer()
  using _free = { [Symbol.dispose]: () => void taken.close() }
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as AddressInfo
  const broken: [settings: string | object, words: RegExp][] = [
    ['{ "plugins": { "log-console": tru } }', /plugins\.json:1:31/],
    [{ plugin: {} }, /plugins\.json: \/plugin is not a known key/],
    [{ plugins: { 'log-consle': true } }, /there is no plugin "log-consle"; did you mean "log-console"\?/],
    [{ plugins: { 'log-console': { config: { level: 3 } } } }, /\/plugins\/log-console\/config\/level/],
    [{ plugins: { 'view-plugins': { hosts: ['cli'] } } }, /"view-plugins" is not made for the host "cli" but for: web/],
    ['{ "__proto__": { "plugins": {} } }', /forbidden key/],
    ['['.repeat(10_000_000), /larger than|nested deeper/],
    [{ plugins: { mine: { from: './nowhere' } } }, /there is no folder .*nowhere for "mine"/],
  ]
  for (const [settings, words] of broken) {
    place.settings(settings)
    const { code, errors, output } = await webHostProcess(place.given).ended
    assert.is(code, 2, errors)
    assert.match(errors, words)
    assert.is(output, '')
    assert.ok(errors.trim().split('\n').length <= 2, errors)
  }
  place.settings({})
  const lines: [argv: string[], words: RegExp][] = [
    [['--prot', '1'], /--prot/],
    [['--port', 'x'], /--port wants a number/],
    [['--port', String(port)], /is taken/],
    [['--profile', 'fast'], /there is no profile "fast"/],
    [['--lang', 'de'], /--lang is "en" or "fr"/],
    [['--plugins', join(place.folder, 'none.json')], /there is no file/],
  ]
  for (const [argv, words] of lines) {
    const { code, errors } = await webHostProcess([...place.given, ...argv]).ended
    assert.is(code, 2, errors)
    assert.match(errors, words)
  }
})

test('nothing is built from settings that do not hold', async () => {
  using place = openPlace()
  place.settings({ plugins: { 'log-consle': true } })
  assert.is((await webHostProcess(place.given).ended).code, 2)
  assert.not.ok(existsSync(place.page))
})

test('--help says what it takes', async () => {
  const { code, output } = await webHostProcess(['--help', '--lang', 'fr']).ended
  assert.is(code, 0)
  assert.match(output, /--port <number> +où écouter/)
})

test.run()

function openPlace() {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-web-'))
  const file = join(folder, 'plugins.json')
  const page = join(folder, 'page')
  writeFileSync(file, '{}')
  return {
    folder,
    page,
    given: ['--plugins', file, '--out', page, '--profile-dir', join(folder, 'profile')],
    settings: (settings: string | object) =>
      writeFileSync(file, typeof settings === 'string' ? settings : JSON.stringify(settings)),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}
