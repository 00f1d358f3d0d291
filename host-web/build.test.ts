import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { isPalabreError, type PalabreError } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { buildPage } from './build.ts'

test('a plugin that is on has a file named after it; one that is off, or made for others, is not in the page at all', async () => {
  using shop = workshop()
  shop.settings({ plugins: { 'log-console': false, 'example-greeter': true } })
  const { dir, files } = await shop.build()
  assert.ok(files.some((file) => file.startsWith('assets/plugin/example-greeter.')))
  assert.ok(files.some((file) => file.startsWith('assets/plugin/clock-system.')))
  assert.not.ok(files.some((file) => file.includes('log-console')))
  const all = textOf(dir)
  assert.match(all, 'example-greeter')
  assert.not.match(all, 'log-console')
  assert.not.match(all, 'Quietest level shown')
})

test('plugins.json says in which hosts: one kept from the web is not in the page', async () => {
  using shop = workshop()
  shop.settings({ plugins: { 'log-console': { hosts: ['cli'] } } })
  assert.not.match(textOf((await shop.build()).dir), 'log-console')
})

test('a profile is laid over the file', async () => {
  using shop = workshop()
  shop.settings({ profiles: { bare: { plugins: { 'log-console': false } } } })
  assert.not.match(textOf((await shop.build({ profile: 'bare' })).dir), 'log-console')
})

test('settings and bindings of the plugins in the page go with it, and no others', async () => {
  using shop = workshop()
  shop.settings({
    plugins: { 'example-greeter': { enabled: true, config: { word: 'Ohé' } }, 'clock-system': false },
    bindings: { greeter: ['example-greeter'], clock: 'clock-system' },
  })
  const all = textOf((await shop.build()).dir)
  assert.match(all, 'Ohé')
  assert.match(all, /"greeter":\["example-greeter"\]/)
  assert.not.match(all, '"clock":')
})

test('nothing is built again until something has changed', async () => {
  using shop = workshop()
  shop.plugin('echo', { code: plain('echo one') })
  shop.settings({ plugins: { echo: { from: './echo' } } })
  assert.is((await shop.build()).isNew, true)
  const before = statSync(join(shop.outDir, 'index.html')).mtimeMs
  const again = await shop.build()
  assert.is(again.isNew, false)
  assert.is(statSync(join(shop.outDir, 'index.html')).mtimeMs, before)
  assert.ok(again.files.includes('index.html'))

  shop.plugin('echo', { code: plain('echo two') })
  assert.is((await shop.build()).isNew, true)
  assert.match(textOf(shop.outDir), 'echo two')
  assert.not.match(textOf(shop.outDir), 'echo one')

  shop.settings({ plugins: { echo: { from: './echo', config: {} }, 'log-console': false } })
  assert.is((await shop.build()).isNew, true)

  rmSync(join(shop.outDir, 'index.html'))
  assert.is((await shop.build()).isNew, true)
})

test('a plugin of others needs one folder: the sdk is lent', async () => {
  using shop = workshop()
  shop.plugin('echo', { code: plain('echo of afar') })
  shop.settings({ plugins: { echo: { from: './echo' } } })
  const { files } = await shop.build()
  assert.ok(files.some((file) => file.startsWith('assets/plugin/echo.')))
})

test('a plugin of others that brings its own copy of the sdk meets ours', async () => {
  using shop = workshop()
  const sdk = resolve(import.meta.dirname, '../sdk')
  cpSync(sdk, join(shop.dir, 'echo/node_modules/@palabre/sdk'), {
    recursive: true,
    filter: (path) => !path.slice(sdk.length).includes('node_modules'),
  })
  shop.plugin('echo', { code: plain('echo') })
  shop.settings({ plugins: { echo: { from: './echo' } } })
  await shop.build()
  assert.is(filesNaming(shop.outDir, 'palabre/plugin@1').length, 1)
})

test('a plugin of others comes from an npm package too', async () => {
  using shop = workshop()
  shop.plugin('node_modules/palabre-echo', { id: 'echo', code: plain('echo from npm'), file: 'index.js' })
  shop.settings({ plugins: { echo: { from: 'palabre-echo' } } })
  await shop.build()
  assert.match(textOf(shop.outDir), 'echo from npm')
})

test('a plugin that brings its own copy of Lit meets ours', async () => {
  using shop = workshop()
  const lit = resolve(import.meta.dirname, '../node_modules')
  for (const name of ['lit', 'lit-html', 'lit-element', '@lit/reactive-element'])
    cpSync(join(lit, name), join(shop.dir, 'echo/node_modules', name), { recursive: true })
  shop.plugin('echo', { code: `import { html } from 'lit'\n${plain('echo')}\nexport const view = () => html\`<p></p>\`\n` })
  shop.settings({ plugins: { echo: { from: './echo' } } })
  await shop.build()
  assert.is(filesNaming(shop.outDir, 'createPolicy(`lit-html').length, 1)
})

test('one plugin for two platforms: the page takes the file for browsers', async () => {
  using shop = workshop()
  shop.plugin('echo', {
    code: `import { where } from '#where'\n${plain('echo')}\nglobalThis.echo = where`,
    pkg: { name: 'echo', type: 'module', imports: { '#where': { browser: './where.browser.ts', default: './where.node.ts' } } },
  })
  writeFileSync(join(shop.dir, 'echo/where.browser.ts'), `export const where = 'in a page'`)
  writeFileSync(join(shop.dir, 'echo/where.node.ts'), `export const where = 'in a process'`)
  shop.settings({ plugins: { echo: { from: './echo' } } })
  await shop.build()
  assert.match(textOf(shop.outDir), 'in a page')
  assert.not.match(textOf(shop.outDir), 'in a process')
})

test('the page names no path of the machine that built it', async () => {
  using shop = workshop()
  shop.plugin('echo', { code: plain('echo') })
  shop.settings({ plugins: { echo: { from: './echo' } } })
  await shop.build()
  assert.not.match(textOf(shop.outDir), shop.dir)
  assert.not.match(textOf(shop.outDir), resolve(import.meta.dirname, '..'))
})

test('no inline script or style, and no font or picture inside another file', async () => {
  using shop = workshop()
  const { dir } = await shop.build()
  const html = readFileSync(join(dir, 'index.html'), 'utf8')
  assert.not.match(html, /<script(?![^>]*\bsrc=)/)
  assert.not.match(html, /<style|\bstyle=|\bon\w+=/)
  assert.not.match(textOf(dir), /data:(?:image|font|text|application)\//)
})

test('what cannot be built is told with the plugin and the file, and the page of before stays', async () => {
  using shop = workshop()
  shop.plugin('echo', { code: plain('echo of before') })
  shop.settings({ plugins: { echo: { from: './echo' } } })
  await shop.build()
  shop.plugin('echo', { code: 'this is no code' })
  const error = await refused(shop.build())
  assert.is(error.code, 'bad-plugin')
  assert.is(error.plugin, 'echo')
  assert.match(error.text.fr, /echo ne peut entrer dans la page : [^]*index\.ts/)
  assert.match(textOf(shop.outDir), 'echo of before')
  assert.equal(
    readdirSync(shop.dir).filter((name) => name.startsWith('.page-')),
    [],
  )
})

test('settings that do not hold are told as everywhere, and nothing is built', async () => {
  using shop = workshop()
  const codeOf = async (settings: object) => {
    shop.settings(settings)
    return (await refused(shop.build())).code
  }
  assert.is(await codeOf({ plugins: { 'log-consol': true } }), 'unknown-plugin')
  assert.is(await codeOf({ plugins: { 'log-console': { config: { level: 'loud' } } } }), 'bad-settings')
  assert.is(await codeOf({ plugins: { echo: { from: './nowhere' } } }), 'bad-settings')
  assert.is(await codeOf({ plugin: {} }), 'bad-settings')
  assert.not.ok(existsSync(shop.outDir))
})

test('a manifest that does not hold goes into the page, which says so; one that is no JSON ends the build', async () => {
  using shop = workshop()
  shop.plugin('echo', { code: plain('echo'), manifest: { title: 'no text' } })
  shop.settings({ plugins: { echo: { from: './echo' } } })
  assert.ok((await shop.build()).files.some((file) => file.includes('/echo.')))
  writeFileSync(join(shop.dir, 'echo/manifest.json'), '{')
  assert.match((await refused(shop.build())).text.en, /manifest\.json:1:2/)
})

test('a folder with other things in it is not replaced', async () => {
  using shop = workshop()
  mkdirSync(shop.outDir)
  writeFileSync(join(shop.outDir, 'thesis.txt'), 'years of work')
  const error = await refused(shop.build())
  assert.is(error.code, 'bad-argument')
  assert.is(readFileSync(join(shop.outDir, 'thesis.txt'), 'utf8'), 'years of work')
})

test.run()

interface PluginFiles {
  readonly id?: string
  readonly code: string
  readonly manifest?: object
  readonly pkg?: object
  /** Where the code stands; `index.ts` when left out. */
  readonly file?: string
}

/** A folder outside the house, with a plugins.json, plugins of others, and the page that is built from them. */
function workshop() {
  const dir = mkdtempSync(join(tmpdir(), 'palabre-page-'))
  const settingsFile = join(dir, 'plugins.json')
  const outDir = join(dir, 'page')
  return {
    dir,
    outDir,
    settings: (settings: object) => writeFileSync(settingsFile, JSON.stringify(settings)),
    plugin(folder: string, { id = folder, code, file = 'index.ts', manifest = {}, pkg }: PluginFiles) {
      mkdirSync(join(dir, folder), { recursive: true })
      writeFileSync(join(dir, folder, file), code)
      writeFileSync(join(dir, folder, 'manifest.json'), JSON.stringify({ ...manifestOf(id), ...manifest }))
      if (pkg !== undefined) writeFileSync(join(dir, folder, 'package.json'), JSON.stringify(pkg))
    },
    build: (options: { profile?: string } = {}) => buildPage({ plugins: settingsFile, outDir, ...options }),
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  }
}

function manifestOf(id: string) {
  return { id, version: '1.0.0', engines: { palabre: '^0.1.0' }, title: { en: id, fr: id }, hosts: ['web'] }
}

function plain(words: string): string {
  return `import { definePlugin } from '@palabre/sdk'
export const plugin = definePlugin({ start: (_needs, scope) => scope.log.info('${words}') })`
}

async function refused(build: Promise<unknown>): Promise<PalabreError> {
  const error = await build.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!isPalabreError(error)) throw new Error(`it was not refused as it should: ${String(error)}`)
  return error
}

function filesIn(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:html|js|css|svg)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

const textOf = (dir: string) =>
  filesIn(dir)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')

const filesNaming = (dir: string, words: string) => filesIn(dir).filter((file) => readFileSync(file, 'utf8').includes(words))
