import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createPageFiles } from './page-files.ts'

const test = suite<{ root: string; page: string }>('the files of the page')
test.before.each((context) => {
  context.root = mkdtempSync(join(tmpdir(), 'palabre-page-'))
  context.page = join(context.root, 'page')
})
test.after.each(({ root }) => rmSync(root, { recursive: true }))

/** A page whose parts bear the name of its edition, put in place of the one before as a build does. */
function build(page: string, edition: string): void {
  const fresh = `${page}.${edition}`
  mkdirSync(join(fresh, 'assets'), { recursive: true })
  writeFileSync(join(fresh, 'index.html'), `page of ${edition}`)
  writeFileSync(join(fresh, 'assets', `part.${edition}.js`), edition)
  rmSync(page, { recursive: true, force: true })
  renameSync(fresh, page)
}

async function said(files: ReturnType<typeof createPageFiles>, path: string): Promise<string | undefined> {
  return (await files.find(path))?.bytes.toString()
}

test('who has opened a page gets its parts, though another was put in its place meanwhile', async ({ page }) => {
  build(page, 'one')
  const files = createPageFiles(page)
  assert.is(await said(files, '/'), 'page of one')
  build(page, 'two')
  assert.is(await said(files, '/assets/part.one.js'), 'one')
  assert.is(await said(files, '/'), 'page of two')
  assert.equal([await said(files, '/assets/part.one.js'), await said(files, '/assets/part.two.js')], ['one', 'two'])
  assert.is(await said(files, '/'), 'page of two')
  assert.is(await said(files, '/assets/part.one.js'), 'one', 'opened once more, it is the same page')
})

test('while no page is there the last one is given', async ({ page }) => {
  const files = createPageFiles(page)
  assert.is(await said(files, '/'), undefined)
  build(page, 'one')
  assert.is(await said(files, '/'), 'page of one')
  rmSync(page, { recursive: true })
  assert.is(await said(files, '/'), 'page of one')
})

test('what is hidden, linked or outside is not there', async ({ root, page }) => {
  build(page, 'one')
  writeFileSync(join(root, 'secret'), 'secret')
  writeFileSync(join(page, '.hidden'), 'hidden')
  symlinkSync(join(root, 'secret'), join(page, 'link'))
  const files = createPageFiles(page)
  await files.find('/')
  for (const path of ['/.hidden', '/link', '/../secret', '/assets', '/index.html/'])
    assert.is(await said(files, path), undefined, path)
})

test.run()
