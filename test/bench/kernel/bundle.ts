import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildPage } from '@palabre/host-web/build'
import type { Job, Row } from '../job.ts'

/** The page as the web host ships it: the chunk that holds kernel, sdk, inversify, tapable and the schema checker; and all its code. */
export const bundle: Job = {
  name: 'bundle',
  async *run() {
    const folder = mkdtempSync(join(tmpdir(), 'palabre-bench-'))
    try {
      const { dir, files } = await buildPage({ plugins: [], outDir: join(folder, 'page') })
      const scripts = files.filter((file) => file.endsWith('.js')).map((file) => ({ file, kB: gzippedKB(join(dir, file)) }))
      const kernel = scripts.find(({ file }) => basename(file).startsWith('kernel.'))
      if (kernel === undefined) throw new Error(`the page has no chunk "kernel" but: ${files.join(', ')}`)
      yield sized('kernel and sdk with their vendors, gzip', kernel.kB, 40)
      yield sized(
        'all scripts of the page, default set, gzip',
        scripts.reduce((sum, { kB }) => sum + kB, 0),
        300,
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

function gzippedKB(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).length / 1000
}

function sized(what: string, kB: number, atMost: number): Row {
  return { what, unit: 'kB', ours: [kB], aim: { of: 'ours', atMost } }
}
