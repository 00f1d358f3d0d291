import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { securityHeadersFor } from './headers.ts'
import type { OfflinePlan } from './page/offline-plan.ts'

export const workerFile = 'service-worker.js'

/** The page itself stands for its first file; what tells of relays is asked for anew each time. */
function offlinePlan(dir: string, files: readonly string[], permissions: readonly string[]): OfflinePlan {
  const held = files
    .filter((file) => file === 'index.html' || file.startsWith('assets/') || file.endsWith('.webmanifest'))
    .map((file) => ({
      path: file === 'index.html' ? './' : `./${file}`,
      integrity: `sha256-${hash(readFileSync(join(dir, file)))}`,
    }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const version = hash(JSON.stringify([held, securityHeadersFor(permissions)]))
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 16)
  return { version, files: held }
}

/** Written beside the page and not into `assets`: a worker answers only for what lies below it. Returns its name. */
export async function addServiceWorker(dir: string, files: readonly string[], permissions: readonly string[]): Promise<string> {
  const plan = offlinePlan(dir, files, permissions)
  await build({
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'silent',
    root: join(import.meta.dirname, 'page'),
    define: { offlinePlan: JSON.stringify(plan) },
    build: {
      outDir: dir,
      emptyOutDir: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(import.meta.dirname, 'page', 'service-worker.ts'),
        output: { format: 'iife', entryFileNames: workerFile },
      },
    },
  })
  return workerFile
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64')
}
