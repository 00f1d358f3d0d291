import { mkdirSync, mkdtempDisposableSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { NodeCatalogEntry } from './node-catalog.ts'
import { attributeTo, catchStrays } from './stray-errors.ts'

const entry = (id: string, folder: string): NodeCatalogEntry => ({
  id,
  folder,
  source: folder,
  manifest: {},
  load: async () => undefined,
})

/** Two plugins with code that throws; `b` calls what it is given. */
async function twoPlugins(folder: string, link?: string) {
  const code = 'export const fail = (message) => { throw new Error(message) }\nexport const call = (fn) => fn()\n'
  for (const id of ['a', 'b', 'b-longer']) {
    mkdirSync(join(folder, id))
    writeFileSync(join(folder, id, 'index.mjs'), code)
  }
  if (link !== undefined) symlinkSync(folder, link)
  const catalog = ['b', 'a', 'b-longer'].map((id) => entry(id, join(link ?? folder, id)))
  const load = (id: string) =>
    import(pathToFileURL(join(link ?? folder, id, 'index.mjs')).href) as Promise<{
      fail(message: string): never
      call(fn: () => void): void
    }>
  return { catalog, a: await load('a'), b: await load('b'), bLonger: await load('b-longer') }
}
const thrown = (fn: () => void) => {
  try {
    fn()
  } catch (error) {
    return error
  }
  return assert.unreachable()
}

test('an error belongs to whose code is running, also after waiting', async () => {
  const { within, current, ownerOf } = attributeTo([])
  const later = within('a', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1))
    return [current(), ownerOf('even without a stack')]
  })
  assert.is(current(), undefined)
  assert.equal(await later, ['a', 'a'])
  assert.is(ownerOf(new Error('of nobody')), undefined)
})

test('else to the plugin whose file stands nearest in the stack, whatever the message names', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'palabre-strays-'))
  const { catalog, a, b, bLonger } = await twoPlugins(folder.path)
  const { ownerOf } = attributeTo(catalog)
  assert.is(ownerOf(thrown(() => a.fail('oops'))), 'a')
  assert.is(ownerOf(thrown(() => bLonger.fail('oops'))), 'b-longer')
  assert.is(ownerOf(thrown(() => b.call(() => a.fail('oops')))), 'a')
  assert.is(ownerOf(thrown(() => a.fail(`see ${join(folder.path, 'b')}/index.mjs`))), 'a')
  assert.is(ownerOf(new Error(`${join(folder.path, 'b')}/index.mjs is odd`)), undefined)
  assert.is(ownerOf('a word'), undefined)
})

test('a folder that is a link is known by what it leads to', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'palabre-strays-'))
  mkdirSync(join(folder.path, 'real'))
  const { catalog, a } = await twoPlugins(join(folder.path, 'real'), join(folder.path, 'link'))
  assert.is(attributeTo(catalog).ownerOf(thrown(() => a.fail('oops'))), 'a')
})

test('nothing thrown past everybody ends the process, as long as somebody catches', async () => {
  const caught: unknown[] = []
  const { promise: both, resolve } = Promise.withResolvers<void>()
  const strays = catchStrays((error) => {
    caught.push(error instanceof Error ? error.message : error)
    if (caught.length === 3) resolve()
  })
  setTimeout(() => {
    throw new Error('late throw')
  }, 0)
  void Promise.reject(new Error('nobody waited'))
  // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- plugins may reject with anything
  void Promise.reject('a word')
  await both
  strays[Symbol.dispose]()
  assert.equal(new Set(caught), new Set(['late throw', 'nobody waited', 'a word']))
  assert.is(process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection'), 0)
})

test.run()
