import { isPalabreError, type Manifest, type PalabreError } from '@palabre/sdk'
import { definePlugin, token } from '@palabre/sdk'
import { testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { checkSettings, readSettings, type Settings } from './settings.ts'

test('each broken plugins.json is told in one message with file, path, and what was meant', () => {
  const faults: [json: string, said: RegExp, code?: string][] = [
    ['{"plugins": {', /^plugins\.json:1:14 is not valid JSON/],
    ['{"plugins": {"a": true, "a": false}}', /^plugins\.json:1:25 the key "a" stands twice/],
    ['[]', /^plugins\.json: \/ must be object, and is array/],
    ['{"plugin": {}}', /^plugins\.json: \/plugin is not a known key; did you mean "plugins"\?/],
    ['{"plugins": {"a": 1}}', /^plugins\.json: \/plugins\/a must be boolean or object, and is number/],
    ['{"plugins": {"a": {"enable": true}}}', /^plugins\.json: \/plugins\/a\/enable is not a known key; did you mean "enabled"\?/],
    ['{"plugins": {"a": {"hosts": ["phone"]}}}', /^plugins\.json: \/plugins\/a\/hosts\/0 must be "cli" or "desktop" or "web"/],
    ['{"plugins": {"a": {"config": []}}}', /^plugins\.json: \/plugins\/a\/config must be object, and is array/],
    ['{"bindings": {"x": 1}}', /^plugins\.json: \/bindings\/x must be string or array/],
    ['{"profiles": {"p": {"plugin": {}}}}', /^plugins\.json: \/profiles\/p\/plugin is not a known key; did you mean "plugins"\?/],
    ['{"plugins": {"__proto__": {"enabled": true}}}', /^plugins\.json: \/plugins\/__proto__ is a forbidden key/],
    ['{"plugins": {"a": {"config": {"x": {"constructor": 1}}}}}', /\/plugins\/a\/config\/x\/constructor is a forbidden key/],
    [`{"plugins": ${'['.repeat(100_000)}`, /^plugins\.json:1:\d+ is nested deeper than 64/],
    ['{"plugins": {"clock-sistem": true}}', /^plugins\.json: \/plugins\/clock-sistem there is no plugin "clock-sistem"; did you mean "clock-system"\?/, 'unknown-plugin'],
    ['{"plugins": {"a": {"hosts": ["web"]}}}', /^plugins\.json: \/plugins\/a\/hosts "a" is not made for the host "web" but for: cli, desktop/, 'wrong-host'],
    ['{"plugins": {"a": {"config": {"level": "loud"}}}}', /^plugins\.json: \/plugins\/a\/config\/level must be "warn" or "info"/],
    ['{"plugins": {"a": {"config": {"levle": "info"}}}}', /^plugins\.json: \/plugins\/a\/config\/levle is not a known key; did you mean "level"\?/],
    ['{"bindings": {"clock": "clock-sytem"}}', /^plugins\.json: \/bindings\/clock there is no plugin "clock-sytem"; did you mean "clock-system"\?/, 'unknown-plugin'],
    ['{"bindings": {"clock": "a"}}', /^plugins\.json: \/bindings\/clock gives "clock" to "a", which does not provide it; these do: clock-system/],
    ['{"bindings": {"clok": "clock-system"}}', /^plugins\.json: \/bindings\/clok names "clok", which no plugin provides; did you mean "clock"\?/],
    ['{"plugins": {"relay": true}}', /^plugins\.json: \/plugins\/relay\/config "address" is missing/],
  ] // oxfmt-ignore
  for (const [json, said, code = 'bad-settings'] of faults) {
    const error = refused(() => checkSettings(readSettings([{ source: 'plugins.json', json }]), manifests()))
    assert.is(error.code, code, json.slice(0, 60))
    assert.match(error.text.en, said)
    assert.match(error.text.fr, /^plugins\.json/)
    assert.ok(error.todo !== undefined)
  }
})

test('an entry is on, off, or says more; what it leaves out is on', () => {
  const { plugins } = read({ plugins: { a: true, b: false, c: {}, d: { enabled: false, config: { x: 1 } } } })
  const enabled = [...plugins].map(([id, one]) => [id, one.enabled])
  assert.equal(enabled, [
    ['a', true],
    ['b', false],
    ['c', true],
    ['d', false],
  ])
})

test('what only a profile switches on is off without it, however it is set up; under the profile it is on as set up', () => {
  const shipped = {
    plugins: { a: true },
    profiles: { relay: { plugins: { relay: true, b: { config: { x: 1 } }, d: true } }, quiet: { plugins: { c: false } } },
  }
  const own = {
    plugins: { relay: { config: { address: 'here' } }, b: { config: { y: 2 } }, c: { config: {} }, d: { from: './d' } },
  }
  const onIn = (settings: Settings) => [...settings.plugins].filter(([, { enabled }]) => enabled).map(([id]) => id)
  const layers = [shipped, own].map((file, at) => ({ source: `${at}.json`, json: JSON.stringify(file) }))
  assert.equal(onIn(readSettings(layers)), ['a', 'c', 'd'])
  const under = readSettings(layers, 'relay')
  assert.equal(onIn(under), ['a', 'relay', 'b', 'd', 'c'])
  assert.equal(under.plugins.get('relay')!.config, { address: 'here' })
  assert.equal(under.plugins.get('b')!.config, { x: 1, y: 2 })
})

test('a later file lays over an earlier one, entry by entry and key by key', () => {
  const { plugins, bindings } = read(
    {
      plugins: { a: { config: { x: 1, y: 1 } }, b: true, c: false, d: { enabled: false, hosts: ['cli'], from: './d' } },
      bindings: { k: 'a', l: ['a', 'b'] },
    },
    { plugins: { a: { config: { y: 2 } }, b: false, c: { config: { z: 1 } }, d: true }, bindings: { k: ['b', 'a'] } },
  )
  assert.equal(plugins.get('a')!.config, { x: 1, y: 2 })
  assert.equal(
    [...plugins].map(([, one]) => one.enabled),
    [true, false, false, true],
  )
  assert.equal(plugins.get('d')!.hosts, ['cli'])
  assert.equal(plugins.get('d')!.from, { place: './d', source: '1.json' })
  assert.equal(
    [...bindings].map(([name, { plugins: ids }]) => [name, ids]),
    [
      ['k', ['b', 'a']],
      ['l', ['a', 'b']],
    ],
  )
})

test('a profile lays over the file that holds it, and the next file over both', () => {
  const shipped = { plugins: { a: true, b: true }, profiles: { relay: { plugins: { a: false, c: true }, bindings: { k: 'c' } } } }
  const own = { plugins: { c: false }, profiles: { relay: { plugins: { b: false } } } }
  const on = (settings: Settings) => [...settings.plugins].filter(([, { enabled }]) => enabled).map(([id]) => id)
  assert.equal(on(read(shipped, own)), ['a', 'b'])
  const relay = readSettings(layers(shipped, own), 'relay')
  assert.equal(on(relay), [])
  assert.equal(on(readSettings(layers(shipped), 'relay')), ['b', 'c'])
  assert.is(relay.bindings.get('k')!.said, '1.json: /profiles/relay/bindings/k')
})

test('a profile that nobody describes is told with the nearest and with all there are', () => {
  const error = refused(() => readSettings(layers({ profiles: { relay: {}, quiet: {} } }), 'relai'))
  assert.match(error.text.en, 'there is no profile "relai"; did you mean "relay"?')
  assert.match(error.todo!.en, 'relay, quiet')
  assert.is(refused(() => readSettings(layers({}), 'toString')).code, 'bad-settings')
})

test('a wrong setting is told with the file that wrote it, not with the last that spoke of the plugin', () => {
  const told = (...files: object[]) => refused(() => checkSettings(read(...files), manifests())).text.en
  const wrong = { plugins: { a: { config: { level: 'loud' } } } }
  assert.match(told(wrong, { plugins: { a: true } }), '1.json: /plugins/a/config/level must be')
  assert.match(told({ plugins: { a: { config: { level: 'info' } } } }, wrong), '2.json: /plugins/a/config/level must be')
})

test('a plugin that is off need not be told what it needs to run; what it is told must still be right', () => {
  const off = (config?: object) =>
    checkSettings(read({ plugins: { relay: { enabled: false, ...(config && { config }) } } }), manifests())
  assert.equal(off().get('relay'), undefined)
  assert.equal(checkSettings(read({ plugins: { relay: false } }), manifests()).size, 0)
  assert.match(refused(() => off({ adress: 'x' })).text.en, '/plugins/relay/config')
})

test('settings come back with their defaults; of a plugin whose manifest is broken nothing is asked', () => {
  assert.equal(
    checkSettings(read({ plugins: { a: true, broken: { config: { any: 1 } } } }), manifests()),
    new Map([['a', { level: 'warn' }]]),
  )
})

test.run()

function layers(...files: object[]) {
  return files.map((file, i) => ({ source: `${i + 1}.json`, json: JSON.stringify(file) }))
}

function read(...files: object[]): Settings {
  return readSettings(layers(...files))
}

function manifests(): ReadonlyMap<string, Manifest | undefined> {
  const clock = definePlugin({ provides: { clock: token<string>('clock') }, start: () => ({ clock: '' }) })
  const idle = definePlugin({ start() {} })
  const level = { enum: ['warn', 'info'], default: 'warn' }
  const all = [
    testPlugin('a', idle, {
      hosts: ['cli', 'desktop'],
      config: { type: 'object', additionalProperties: false, properties: { level } },
    }),
    testPlugin('clock-system', clock),
    testPlugin('relay', idle, {
      config: { type: 'object', required: ['address'], additionalProperties: false, properties: { address: { type: 'string' } } },
    }),
  ]
  return new Map([...all.map(({ manifest }): [string, Manifest] => [manifest.id, manifest]), ['broken', undefined]])
}

function refused(work: () => unknown): PalabreError {
  try {
    work()
  } catch (error) {
    assert.ok(isPalabreError(error), String(error))
    return error as PalabreError
  }
  throw new Error('it was taken')
}
