import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, brotliCompressSync, gzipSync } from 'node:zlib'
import { projectRoot } from '@palabre/host-cli/node-host'
import { buildPage } from './build.ts'

/** How large a file of the page is, in bytes. */
export interface FileSize {
  readonly file: string
  readonly raw: number
  readonly gzip: number
  readonly brotli: number
}

/** The files of a built page, the largest first; fonts and pictures are compressed already and come as they are. */
export function sizesOf(dir: string, files: readonly string[]): FileSize[] {
  return files.map((file) => sizeOf(file, readFileSync(join(dir, file)))).toSorted((a, b) => b.gzip - a.gzip)
}

export function sizeTable(sizes: readonly FileSize[]): string {
  const code = sizes.filter(({ file }) => /\.(?:js|css|html)$/.test(file))
  const rows = [...sizes, sum('all that is code', code), sum('everything', sizes)]
  const name = ({ file }: FileSize) => file.replace(/\.[\w-]{8}(?=\.\w+$)/, '')
  const width = Math.max(...rows.map((row) => name(row).length))
  const line = (cells: readonly string[]) => cells.map((cell, i) => (i === 0 ? cell.padEnd(width) : cell.padStart(11))).join('')
  const kilo = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  return [
    line(['file', 'raw', 'gzip', 'brotli']),
    ...rows.map((row) => line([name(row), kilo(row.raw), kilo(row.gzip), kilo(row.brotli)])),
  ].join('\n')
}

function sizeOf(file: string, content: Buffer): FileSize {
  const raw = content.length
  if (/\.(?:woff2|png)$/.test(file)) return { file, raw, gzip: raw, brotli: raw }
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
  return { file, raw, gzip: gzipSync(content, { level: 9 }).length, brotli }
}

function sum(file: string, sizes: readonly FileSize[]): FileSize {
  const total = (key: 'raw' | 'gzip' | 'brotli') => sizes.reduce((all, one) => all + one[key], 0)
  return { file, raw: total('raw'), gzip: total('gzip'), brotli: total('brotli') }
}

if (import.meta.main) {
  const { dir, files } = await buildPage({ plugins: [], outDir: join(projectRoot, 'dist', 'web') })
  process.stdout.write(`${sizeTable(sizesOf(dir, files))}\n`)
}
