import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { buildPage } from './build.ts'
import { isCode, sizesOf, sizeTable, startFiles, sum } from './bundle-size.ts'

test('the page stays light: what starts it, the kernel with its vendors, and all of its code', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-size-'))
  try {
    const { dir, files } = await buildPage({ plugins: [], outDir: join(folder, 'page') })
    const sizes = sizesOf(dir, files)
    const gzipOf = (name: string) => sizes.find(({ file }) => file.startsWith(`assets/${name}.`))!.gzip
    // The aim is 40 kB for the kernel with inversify and tapable, and the sdk takes 9; this is where growing must be looked at.
    assert.ok(gzipOf('kernel') < 58_500, `the kernel: ${gzipOf('kernel')}`)
    const start = startFiles(dir, files)
    const first = sum(
      'start',
      sizes.filter(({ file }) => start.includes(file)),
    ).gzip
    const code = sum('code', sizes.filter(isCode)).gzip
    console.log(
      `MEASURED: gzip ${gzipOf('kernel')} bytes of kernel, sdk and vendors; ${first} to start with; ${code} of code in all`,
    )
    assert.ok(first < 300_000, `what the page starts with: ${first}`)
    // The network comes when the page stands already.
    assert.not.ok(
      start.some((file) => sizes.some((one) => one.file === file && one.file.includes('network-libp2p') && one.raw > 50_000)),
    )
    assert.ok(start.some((file) => file.includes('plugin/messenger-pipeline')))
    assert.ok(sizes.every(({ raw, gzip, brotli }) => brotli <= gzip && gzip <= raw + 30))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the table names files without their hashes and sums them up', () => {
  const table = sizeTable([
    { file: 'assets/plugin/drum.Ab-_1234.js', raw: 3000, gzip: 2000, brotli: 1500 },
    { file: 'assets/font.Ab-_1234.woff2', raw: 1000, gzip: 1000, brotli: 1000 },
  ])
  assert.equal(
    table.split('\n').map((row) => row.replace(/ {2,}/g, ' | ')),
    [
      'file | raw | gzip | brotli',
      'assets/plugin/drum.js | 3.0 kB | 2.0 kB | 1.5 kB',
      'assets/font.woff2 | 1.0 kB | 1.0 kB | 1.0 kB',
      'all that is code | 3.0 kB | 2.0 kB | 1.5 kB',
      'everything | 4.0 kB | 3.0 kB | 2.5 kB',
    ],
  )
})

test.run()
