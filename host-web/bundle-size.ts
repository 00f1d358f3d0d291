import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
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

/**
 * What the page loads before any plugin has started: itself, and each plugin as far as it does not load the rest when it starts, as the
 * network does.
 */
export function startFiles(dir: string, files: readonly string[]): string[] {
  const found = new Set(files.filter((file) => /\.(?:css|html)$/.test(file)))
  const visit = (file: string) => {
    if (found.has(file) || !files.includes(file)) return
    found.add(file)
    const code = readFileSync(join(dir, file), 'utf8')
    const beside = ([, path = '']: RegExpMatchArray) => posix.join(posix.dirname(file), path)
    for (const match of code.matchAll(/(?:from|import)\s*["'`](\.[^"'`]+)["'`]/g)) visit(beside(match))
    if (!/^assets\/(?:index|boot)\./.test(file)) return
    for (const match of code.matchAll(/import\(\s*["'`](\.[^"'`]+)["'`]\s*\)/g)) visit(beside(match))
  }
  for (const file of files) if (/^assets\/index\.[\w-]+\.js$/.test(file) && isEntry(dir, file)) visit(file)
  return [...found]
}

const isEntry = (dir: string, file: string) => readFileSync(join(dir, 'index.html'), 'utf8').includes(file)

export function sizeTable(sizes: readonly FileSize[], start: readonly string[] = []): string {
  const code = sizes.filter(isCode)
  const first = sizes.filter(({ file }) => start.includes(file))
  const rows = [...sizes, ...(first.length === 0 ? [] : [sum('what it starts with', first)]), sum('all that is code', code)]
  rows.push(sum('everything', sizes))
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

export const isCode = ({ file }: FileSize) => /\.(?:js|css|html)$/.test(file)

export function sum(file: string, sizes: readonly FileSize[]): FileSize {
  const total = (key: 'raw' | 'gzip' | 'brotli') => sizes.reduce((all, one) => all + one[key], 0)
  return { file, raw: total('raw'), gzip: total('gzip'), brotli: total('brotli') }
}

if (import.meta.main) {
  const { dir, files } = await buildPage({ plugins: [], outDir: join(projectRoot, 'dist', 'web') })
  process.stdout.write(`${sizeTable(sizesOf(dir, files), startFiles(dir, files))}\n`)
}
