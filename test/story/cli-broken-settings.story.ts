import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { plugin } from './cli-plugins.ts'
import { newPerson, type Person } from './cli-process.ts'

/** The text of plugins.json, where in it the message must point, and what it must say. */
interface Broken {
  readonly json: string
  readonly at: string
  readonly en: RegExp
  readonly fr: RegExp
}

const witness = `"witness": { "from": "../witness" }`
const corpus: Record<string, Broken> = {
  'a comma too many': {
    json: `{ "plugins": { ${witness}, } }`,
    at: ':1:53',
    en: /a key in double quotes/,
    fr: /une clé entre guillemets/,
  },
  'a brace missing': { json: `{\n  "plugins": { ${witness}\n`, at: ':3:1', en: /"," or "}"/, fr: /« , » ou « } »/ },
  'a comment': { json: `{ // mine\n }`, at: ':1:3', en: /a key in double quotes/, fr: /une clé/ },
  'nothing at all': { json: '', at: ':1:1', en: /a value/, fr: /une valeur/ },
  'two values': { json: '{} {}', at: ':1:4', en: /nothing more/, fr: /plus rien/ },
  'a key twice': {
    json: `{ "plugins": { ${witness}, "log-console": true,\n "log-console": false } }`,
    at: ':2:2',
    en: /the key "log-console" stands twice/,
    fr: /la clé « log-console » figure deux fois/,
  },
  'an unknown key': {
    json: `{ "plugins": { ${witness} }, "profil": {} }`,
    at: ': /profil ',
    en: /did you mean "profiles"\?/,
    fr: /vouliez-vous dire « profiles » \?/,
  },
  'an unknown key inside': {
    json: `{ "plugins": { ${witness}, "log-console": { "enable": true } } }`,
    at: ': /plugins/log-console/enable ',
    en: /did you mean "enabled"\?/,
    fr: /vouliez-vous dire « enabled » \?/,
  },
  'an unknown plugin': {
    json: `{ "plugins": { ${witness}, "log-consol": true } }`,
    at: ': /plugins/log-consol ',
    en: /there is no plugin "log-consol"; did you mean "log-console"\?/,
    fr: /il n’y a pas de plugin « log-consol » ; vouliez-vous dire « log-console » \?/,
  },
  'a wrong type': {
    json: `{ "plugins": { ${witness}, "log-console": "yes" } }`,
    at: ': /plugins/log-console ',
    en: /must be boolean or object, and is string/,
    fr: /doit être boolean ou object, et est string/,
  },
  'a list for an object': {
    json: `{ "plugins": [] }`,
    at: ': /plugins ',
    en: /must be object, and is array/,
    fr: /doit être object/,
  },
  'settings that the plugin refuses': {
    json: `{ "plugins": { ${witness}, "log-console": { "config": { "level": "loud" } } } }`,
    at: ': /plugins/log-console/config/level ',
    en: /must be .*"warn"/,
    fr: /doit être .*"warn"/,
  },
  'a host the plugin is not made for': {
    json: `{ "plugins": { ${witness}, "webby": { "from": "../webby", "hosts": ["cli"] } } }`,
    at: ': /plugins/webby/hosts ',
    en: /"webby" is not made for the host "cli" but for: web/,
    fr: /« webby » n’est pas fait pour l’hôte « cli » mais pour : web/,
  },
  'a host that does not exist': {
    json: `{ "plugins": { ${witness}, "log-console": { "hosts": ["phone"] } } }`,
    at: ': /plugins/log-console/hosts/0 ',
    en: /must be "cli" or "desktop" or "web"/,
    fr: /doit être "cli" ou/,
  },
  'a place where no plugin is': {
    json: `{ "plugins": { ${witness}, "lost": { "from": "../lost" } } }`,
    at: ': /plugins/lost/from',
    en: /there is no folder .*lost for "lost"/,
    fr: /il n’y a pas de dossier .*lost pour « lost »/,
  },
  'a package that is not installed': {
    json: `{ "plugins": { ${witness}, "lost": { "from": "palabre-lost" } } }`,
    at: ': /plugins/lost/from',
    en: /no npm package "palabre-lost" is installed near /,
    fr: /aucun paquet npm « palabre-lost » n’est installé près de /,
  },
  'a binding to nobody': {
    json: `{ "plugins": { ${witness} }, "bindings": { "clock": "clock-sistem" } }`,
    at: ': /bindings/clock ',
    en: /there is no plugin "clock-sistem"; did you mean "clock-system"\?/,
    fr: /vouliez-vous dire « clock-system » \?/,
  },
  'a key that reaches into prototypes': {
    json: `{ "plugins": { ${witness}, "log-console": { "config": { "__proto__": { "level": "trace" } } } } }`,
    at: ': /plugins/log-console/config/__proto__ ',
    en: /is a forbidden key/,
    fr: /est une clé interdite/,
  },
  'ten megabytes of nesting': {
    json: `{"plugins":${'['.repeat(5 * 1024 * 1024)}${']'.repeat(5 * 1024 * 1024)}}`,
    at: '',
    en: /is larger than 1024 KiB/,
    fr: /dépasse 1024 Kio/,
  },
  'nesting that is small enough to be read': {
    json: `{"plugins":${'['.repeat(400_000)}}`,
    at: ':1:75',
    en: /is nested deeper than 64/,
    fr: /est imbriqué sur plus de 64 niveaux/,
  },
}

/** Its import writes a file, so that nobody can import it unseen. */
function plantWitness(person: Person): string {
  const seen = join(person.folder, 'imported')
  person.write({
    ...plugin('witness', ''),
    'witness/index.ts': `import { writeFileSync } from 'node:fs'
import { definePlugin } from '@palabre/sdk'
writeFileSync(${JSON.stringify(seen)}, '')
export const plugin = definePlugin({ start() {} })
`,
    ...plugin('webby', '', { hosts: ['web'] }),
  })
  return seen
}

test('the witness is imported when plugins.json holds', async () => {
  await using person = newPerson(JSON.parse(`{ "plugins": { ${witness} } }`) as object)
  const seen = plantWitness(person)
  assert.is((await person.palabre('plugins', 'list')).code, 0)
  assert.ok(existsSync(seen))
})

for (const [what, { json, at, en, fr }] of Object.entries(corpus)) {
  test(`${what}: one message with the place and what to do, exit code 2, and nothing has started`, async () => {
    await using person = newPerson()
    const seen = plantWitness(person)
    person.write({ 'profile/plugins.json': json })
    for (const [language, said] of [
      ['en', en],
      ['fr', fr],
    ] as const) {
      const { code, out, err } = await person.palabre('plugins', 'list', '--lang', language)
      assert.equal([code, out], [2, ''])
      assert.match(err, person.settings + at)
      assert.match(err, said)
      const [message, todo, ...more] = err.trimEnd().split('\n')
      assert.ok(message!.length > 0 && todo!.length > 10 && more.length === 0, err)
    }
    assert.not(existsSync(seen))
    assert.equal(readdirSync(person.profileDir), ['plugins.json'])
  })
}

test('a file or a profile that is not there is told as such', async () => {
  await using person = newPerson()
  for (const [args, said] of [
    [
      ['--plugins', join(person.folder, 'none.json')],
      `there is no file ${join(person.folder, 'none.json')}\nName an existing one after --plugins.`,
    ],
    [['--profile', 'exampels'], 'there is no profile "exampels"; did you mean "examples"?\nProfiles here: '],
    [['--plugins', person.folder], `${person.folder} cannot be read: EISDIR`],
  ] as const) {
    const { code, out, err } = await person.palabre('plugins', 'list', ...args)
    assert.equal([code, out], [2, ''])
    assert.match(err, said)
  }
  assert.not(existsSync(person.profileDir))
})

test('while run is up, a broken edit is told once and changes nothing, and the next good one is taken', async () => {
  await using person = newPerson({ plugins: {} })
  const run = person.start(['run'])
  await run.says('Running: ')
  const tellings: Broken[] = Object.values(corpus).filter(({ json }) => json.length < 1000 && !json.includes('"from"'))
  assert.ok(tellings.length > 3)
  for (const { json, at, en } of tellings) {
    const before = run.said('err')
    writeFileSync(person.settings, json)
    const err = await run.says((said) => en.test(said.slice(before.length)) && said.endsWith('\n'), 'err')
    assert.match(err.slice(before.length), person.settings + at)
    assert.is(err.slice(before.length).trimEnd().split('\n').length, 2, err)
  }
  assert.not.match(run.said(), /Ctrl-C ends\.\n[^]/)
  writeFileSync(person.settings, '{ "plugins": { "example-greeter": true } }')
  await run.says('example-greeter: running\n')
  run.signal('SIGINT')
  assert.is((await run.ended).code, 0)
})

test('while run is up, code that was not there at the start is not taken in, and that is said', async () => {
  await using person = newPerson({ plugins: {} })
  const seen = plantWitness(person)
  const run = person.start(['run'])
  await run.says('Running: ')
  writeFileSync(person.settings, `{ "plugins": { ${witness}, "log-console": false } }`)
  await run.says(
    '/plugins/witness/from: "witness" was not there when Palabre started; nothing was changed\nStart Palabre again',
    'err',
  )
  assert.not(existsSync(seen))
  assert.not.match(run.said(), 'log-console: off')
  run.signal('SIGINT')
  await run.ended
})

test('a change is not written over a file that was broken in the meantime', async () => {
  await using person = newPerson({ plugins: { hand: { from: '../hand' } } })
  person.write({
    ...plugin('hand', '', { needs: ['plugins@1'] }),
    'hand/index.ts': `import { definePlugin } from '@palabre/sdk'
import { Plugins } from '@palabre/sdk/contract/plugins'
export const plugin = definePlugin({ needs: { plugins: Plugins }, start({ plugins }) {
  process.once('SIGUSR2', () => plugins.disable('log-console').catch(({ message }) => process.stdout.write('refused: ' + message + '\\n')))
} })
`,
  })
  const run = person.start(['run'])
  await run.says('Running: ')
  writeFileSync(person.settings, '{ "plugins": { } ')
  await run.says('is not valid JSON', 'err')
  run.signal('SIGUSR2')
  await run.says(`refused: ${person.settings}:1:18 is not valid JSON`)
  assert.is(readFileSync(person.settings, 'utf8'), '{ "plugins": { } ')
  assert.not.match(run.said(), 'log-console: off')
  run.signal('SIGINT')
  await run.ended
})

test.run()
