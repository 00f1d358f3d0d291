import { definePlugin, isPlugin, labelOf, optional, PalabreError, isPalabreError, slot, text, token } from '@palabre/sdk'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const folder = mkdtempSync(join(tmpdir(), 'palabre-sdk-'))
test.after(() => rmSync(folder, { recursive: true }))

test('a label says name, major and kind', () => {
  assert.equal([labelOf(token('clock')), labelOf(token('clock', 2)), labelOf(slot('sink'))], ['clock@1', 'clock@2', 'sink@1[]'])
  assert.is(optional(token('clock')).token.name, 'clock')
})

test('two copies of the sdk mean the same: tokens, plugins and errors', async () => {
  const copy = await secondCopy()
  const Mine = token<string>('greeting-word')
  const Theirs = copy.token<string>('greeting-word')
  assert.is.not(copy.definePlugin, definePlugin)
  const theirs = copy.definePlugin({ provides: { word: Theirs }, start: () => ({ word: 'Salut' }) })
  assert.ok(isPlugin(theirs))

  const heard: string[] = []
  const mine = definePlugin({ needs: { word: Mine }, start: ({ word }) => void heard.push(word) })
  const failing = copy.definePlugin({
    start: () => Promise.reject(new copy.PalabreError('denied', copy.text('not you', 'pas vous'))),
  })
  await using host = await startTestHost({
    plugins: [testPlugin('mine', mine), testPlugin('theirs', theirs), testPlugin('failing', failing)],
  })
  assert.equal(heard, ['Salut'])
  assert.equal(host.plugins.why('failing').plugin.reason, { en: 'not you', fr: 'pas vous' })
  assert.ok(isPalabreError(new copy.PalabreError('closed', text('x', 'x'))))
  assert.ok(copy.isPalabreError(new PalabreError('closed', text('x', 'x'))))
})

test.run()

async function secondCopy(): Promise<typeof import('@palabre/sdk')> {
  cpSync(import.meta.dirname, folder, { recursive: true, filter: (path) => !path.includes('node_modules') })
  return (await import(pathToFileURL(join(folder, 'index.ts')).href)) as typeof import('@palabre/sdk')
}
