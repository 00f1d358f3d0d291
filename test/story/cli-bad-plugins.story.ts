import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { command, from, plugin } from './cli-plugins.ts'
import { newPerson, type Person } from './cli-process.ts'

/** Each plugin does one thing wrong; what a person must read of it, in both languages. */
const faults: Record<string, { files: Record<string, unknown>; en: RegExp; fr: RegExp }> = {
  'throws-at-import': {
    files: { ...plugin('throws-at-import', ''), 'throws-at-import/index.ts': `throw new Error('no oven')` },
    en: /throws-at-import: failed, throws-at-import did not start: no oven\n {2}Try again: palabre plugins enable throws-at-import/,
    fr: /throws-at-import : en échec, throws-at-import n’a pas démarré : no oven\n {2}Réessayez : palabre plugins enable throws-at-import/,
  },
  'throws-at-start': {
    files: plugin('throws-at-start', `throw new Error('no bread')`),
    en: /throws-at-start: failed, throws-at-start did not start: no bread\n {2}Try again: palabre plugins enable throws-at-start/,
    fr: /throws-at-start : en échec, throws-at-start n’a pas démarré : no bread\n {2}Réessayez : /,
  },
  'no-code': {
    files: { 'no-code/manifest.json': plugin('no-code', '')['no-code/manifest.json'] },
    en: /no-code: given up, .*no-code has no index\.ts or index\.js\n {2}Its author must add one/,
    fr: /no-code : mis à l’écart, .*no-code n’a ni index\.ts ni index\.js\n {2}Son auteur doit en ajouter un/,
  },
  'no-plugin': {
    files: { ...plugin('no-plugin', ''), 'no-plugin/index.ts': 'export const other = 1' },
    en: /no-plugin: given up, .*no-plugin does not export "plugin" made by definePlugin\n {2}Its index\.ts must say:/,
    fr: /no-plugin : mis à l’écart, .*no-plugin n’exporte pas « plugin »/,
  },
  misspelt: {
    files: { ...plugin('misspelt', ''), 'misspelt/index.ts': '\nexport const = 1' },
    en: /misspelt: given up, .*misspelt\/index\.ts:2 is not valid code: .*\n {2}Its author must correct it there\./,
    fr: /misspelt : mis à l’écart, .*misspelt\/index\.ts:2 n’est pas du code valide : /,
  },
  'provides-more': {
    files: plugin('provides-more', `return { bread: 1 }`),
    en: /provides-more: given up, provides-more returned "bread" from start and does not declare it\n {2}Its author must name it under "provides"/,
    fr: /provides-more : mis à l’écart, provides-more a renvoyé « bread » de start sans le déclarer\n {2}Son auteur doit le nommer/,
  },
  'provides-less': {
    files: plugin('provides-less', `return {}`, { provides: ['bread@1'] }, `provides: { bread: token('bread') },`),
    en: /provides-less: given up, provides-less declares that it provides "bread" and did not return it/,
    fr: /provides-less : mis à l’écart, provides-less déclare fournir « bread » et ne l’a pas renvoyé/,
  },
  'taps-in-start': {
    files: plugin('taps-in-start', `scope.tap(notifyHook('greeting'), () => undefined)`),
    en: /taps-in-start: given up, taps-in-start does not declare this in its manifest\n {2}Its author must add it to manifest\.json, under hooks\.taps: "greeting@1"/,
    fr: /taps-in-start : mis à l’écart, taps-in-start ne déclare pas cela dans son manifeste\n {2}Son auteur doit l’ajouter à manifest\.json, sous hooks\.taps ?: "greeting@1"/,
  },
  'taps-in-code': {
    files: plugin('taps-in-code', '', {}, `taps: [notifyHook('greeting')],`),
    en: /taps-in-code: given up, taps-in-code: the code declares greeting@1 under hooks\.taps, and manifest\.json does not\n {2}Its author must make manifest\.json and index\.ts say the same\./,
    fr: /taps-in-code : mis à l’écart, taps-in-code : le code déclare greeting@1 sous hooks\.taps, et manifest\.json non/,
  },
  'broken-manifest': {
    files: { ...plugin('broken-manifest', ''), 'broken-manifest/manifest.json': '{ "id": }' },
    en: /broken-manifest: given up, .*broken-manifest\/manifest\.json:1:9 is not valid JSON/,
    fr: /broken-manifest : mis à l’écart, .*broken-manifest\/manifest\.json:1:9 n’est pas du JSON valide/,
  },
  'wrong-manifest': {
    files: plugin('wrong-manifest', '', { host: ['cli'] }),
    en: /wrong-manifest: given up, .*wrong-manifest: \/host is not a known key; did you mean "hosts"\?/,
    fr: /wrong-manifest : mis à l’écart, .*vouliez-vous dire « hosts » \?/,
  },
  misnamed: {
    files: plugin('misnamed', '', { id: 'other' }),
    en: /misnamed: given up, .*misnamed: the manifest names itself "other" and not "misnamed"\n {2}Folder \(or key in plugins\.json\) and id must be the same\./,
    fr: /misnamed : mis à l’écart, .*le manifeste se nomme « other » et non « misnamed »/,
  },
  future: {
    files: plugin('future', '', { engines: { palabre: '^9.0.0' } }),
    en: /future: given up, .*future is made for Palabre \^9\.0\.0, and this is \d+\.\d+\.\d+\n {2}Install a version of future made for /,
    fr: /future : mis à l’écart, .*future est fait pour Palabre \^9\.0\.0, et celui-ci est /,
  },
  lonely: {
    files: plugin('lonely', '', { needs: ['clok@1'] }, `needs: { clock: token('clok') },`),
    en: /lonely: blocked, lonely needs clok@1, and no plugin provides it\n {2}Did its author mean clock@1\?/,
    fr: /lonely : bloqué, lonely a besoin de clok@1, et aucun plugin ne le fournit\n {2}Son auteur voulait-il dire clock@1 \?/,
  },
}

/** What goes wrong later: while running, or while stopping. */
const later: Record<string, Record<string, unknown>> = {
  'rejects-late': plugin('rejects-late', `setImmediate(() => void Promise.reject(new Error('late no')))`),
  'throws-late': plugin('throws-late', `setTimeout(() => { throw new Error('late throw') }, 5)`),
  leaks: plugin('leaks', `setInterval(() => undefined, 1_000_000)`),
  'throws-at-stop': plugin('throws-at-stop', `scope.onStop(() => { throw new Error('no farewell') })`),
  'hangs-at-stop': plugin('hangs-at-stop', `scope.onStop(() => new Promise(() => undefined))`),
  'starts-slowly': plugin('starts-slowly', `await new Promise((done) => setTimeout(done, 5_000))`),
  'hangs-at-start': plugin('hangs-at-start', `await new Promise(() => undefined)`),
}

/** What runs for somebody who has no bad plugin. */
async function houseOfOthers(): Promise<string[]> {
  await using person = newPerson()
  const run = person.start(['run', '--json'])
  const said = await run.says(/^\{"running":.*\n/m)
  const line = said.split('\n').find((one) => one.startsWith('{"running"'))!
  return (JSON.parse(line) as { running: string[] }).running
}
const twice = { ...plugin('log-console', `throw new Error('never loaded')`) }

function withAll(person: Person, ...groups: Record<string, unknown>[]) {
  for (const files of groups) person.write(files)
}

test('with every bad plugin at once the house stays up, and each is told with what is wrong and what to do', async () => {
  const house = await houseOfOthers()
  await using person = newPerson({ plugins: from(...Object.keys(faults), 'log-console') })
  withAll(person, ...Object.values(faults).map(({ files }) => files), twice)
  for (const language of ['en', 'fr'] as const) {
    const run = person.start(['run', '--lang', language])
    const out = await run.says(/Ctrl-C/)
    for (const [id, fault] of Object.entries(faults)) {
      assert.ok(fault[language].test(out), `${id} in:\n${out}`)
    }
    assert.match(out, language === 'en' ? `Running: ${house.join(', ')}\n` : `En marche : ${house.join(', ')}\n`)
    run.signal('SIGINT')
    const { code, err } = await run.ended
    assert.is(code, 0)
    assert.match(err, /two plugins are named "log-console": \S+plugins\/log-console is used, \S+log-console is not/)
    assert.not.match(err, /Unhandled|Uncaught|node:internal|never loaded/)
  }
})

for (const others of [[], ['starts-slowly']])
  test(`what fails later is that plugin’s crash: it is tried again, then given up, and the host stays up ${others.join()}`, () =>
    crashLater(others))

/** What happens while others still start is told as well. */
async function crashLater(others: readonly string[]): Promise<void> {
  const bad = ['rejects-late', 'throws-late', ...others]
  await using person = newPerson({ plugins: from(...bad) })
  withAll(person, ...bad.map((id) => later[id]!))
  const run = person.start(['run'])
  for (const [id, message] of [
    ['rejects-late', 'late no'],
    ['throws-late', 'late throw'],
  ] as const) {
    await run.says(`${id}: failed, ${id} crashed: ${message}\n`)
    await run.says(new RegExp(`${id}: given up, ${id} crashed: ${message}\n  .*palabre plugins enable ${id}`))
    await run.says(`${id}: stray error: ${message}`, 'err')
  }
  run.signal('SIGINT')
  const { code, out } = await run.ended
  assert.is(code, 0)
  for (const id of ['rejects-late', 'throws-late']) assert.is(out.split(`${id}: failed, ${id} crashed: late`).length - 1, 2)
}

test('a start that hangs ends after ten seconds and delays nobody but itself', async () => {
  await using person = newPerson({ plugins: from('hangs-at-start') })
  withAll(person, later['hangs-at-start']!)
  const house = await houseOfOthers()
  const run = person.start(['run'])
  const said = await run.says(/Ctrl-C/)
  assert.match(said, `Running: ${house.join(', ')}\n`)
  run.signal('SIGINT')
  await run.ended
  const { code, out, err } = await person.palabre('plugins', 'list')
  assert.is(code, 0)
  assert.match(out, /▲ failed +hangs-at-start +hangs-at-start did not start within 10 s\n/)
  assert.match(err, 'hangs-at-start did not start within 10 s')
})

test('what a plugin leaves behind when it is switched off is taken from it, and told', async () => {
  const bad = ['leaks', 'throws-at-stop', 'hangs-at-stop']
  await using person = newPerson({ plugins: from(...bad) })
  withAll(person, ...bad.map((id) => later[id]!))
  const run = person.start(['run'])
  await run.says('Running: ')
  const off = { plugins: Object.fromEntries(bad.map((id) => [id, { from: `../${id}`, enabled: false }])) }
  writeFileSync(person.settings, JSON.stringify(off))
  for (const id of bad) await run.says(`${id}: off`)
  await run.says('leaks left behind: 1 timer, which was stopped', 'err')
  await run.says('throws-at-stop: stop: no farewell', 'err')
  await run.says('hangs-at-stop did not stop within 5 s and was left behind', 'err')
  run.signal('SIGINT')
  assert.is((await run.ended).code, 0)
})

test('one command with bad plugins beside it is done; what fails after its end is told and changes no exit code', async () => {
  const bad = ['leaks', 'throws-at-stop']
  await using person = newPerson({ plugins: from(...bad, 'throws-at-start', 'throws-after') })
  withAll(person, ...bad.map((id) => later[id]!), faults['throws-at-start']!.files)
  person.write(
    plugin('throws-after', `scope.signal.addEventListener('abort', () => setImmediate(() => { throw new Error('too late') }))`),
  )
  const { code, out, err } = await person.palabre('plugins', 'why', 'throws-at-start')
  assert.is(code, 0)
  const why =
    'throws-at-start — The plugin throws-at-start — failed\n  throws-at-start did not start: no bread\n  What to do: Try again'
  assert.match(out, why)
  assert.match(err, /too late/)
  assert.not.match(err, /^Node\.js v/m)
})

test('switching a bad plugin on says what is wrong, with the exit code of who must act', async () => {
  await using person = newPerson({ plugins: {} })
  const entries = Object.fromEntries(Object.keys(faults).map((id) => [id, { from: `../${id}`, enabled: false }]))
  person.write({ 'profile/plugins.json': { plugins: { ...entries, webby: { from: '../webby', enabled: false } } } })
  withAll(person, ...Object.values(faults).map(({ files }) => files), plugin('webby', '', { hosts: ['web'] }))
  for (const [id, wanted, said] of [
    ['throws-at-start', 1, 'throws-at-start did not start: no bread'],
    ['provides-more', 2, 'returned "bread" from start'],
    ['future', 2, 'made for Palabre ^9.0.0'],
    ['broken-manifest', 2, 'is not valid JSON'],
    ['webby', 2, 'webby does not run in the host "cli" (made for: web)'],
    ['lonely', 2, 'lonely needs clok@1'],
  ] as const) {
    const { code, out, err } = await person.palabre('plugins', 'enable', id)
    assert.equal([code, out], [wanted, ''], id)
    assert.match(err, said)
    await person.palabre('plugins', 'disable', id)
  }
  assert.is(JSON.parse(readFileSync(person.settings, 'utf8')).plugins.lonely.enabled, false)
})

test('commands that cannot be typed, or are brought twice, leave all others as they were', async () => {
  await using person = newPerson({ plugins: from('greedy', 'copycat') })
  person.write({
    ...plugin('greedy', `scope.command('own', () => reply('mine', text('mine', 'à moi')))`, {
      commands: [command('run'), command('own'), command('odd', { help: { type: 'string' } })],
    }),
    ...plugin('copycat', `scope.command('own', () => reply('copied', text('copied', 'copié')))`, { commands: [command('own')] }),
  })
  const { code, out, err } = await person.palabre('own')
  assert.equal([code, out], [0, 'mine\n'])
  assert.match(
    err,
    'the command "run" of greedy cannot be typed here: palabre itself has it\nIts author must rename it in manifest.json.',
  )
  assert.match(err, 'the command "odd" of greedy cannot be typed here: its argument "help" cannot be written --help')
  assert.match(err, /copycat brings the command "own", which greedy brings already/)
})

test.run()
