import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestFile } from './find.ts'

/** What one process runs. */
export interface Job {
  readonly files: readonly TestFile[]
  readonly flags: readonly string[]
  /** Said behind the file's name, where the same file runs twice. */
  readonly remark: string
  /** A story's process must come to its end by itself; a batch of unit tests is ended. */
  readonly endsAlone: boolean
}

/** Where a page's content security policy rules, no code comes from strings and no prototype is set by `__proto__`. */
const webFlags = ['--disallow-code-generation-from-strings', '--disable-proto=throw']

const filesPerBatch = 20

export function planJobs(tests: readonly TestFile[], root: string): Job[] {
  const units = tests.filter((file) => !file.isStory)
  const stories = tests.filter((file) => file.isStory)
  const onTheWeb = units.filter((file) => runsOnTheWeb(file, root))
  return [
    ...batches(units).map((files) => ({ files, flags: [], remark: '', endsAlone: false })),
    ...batches(onTheWeb).map((files) => ({ files, flags: webFlags, remark: ' (no eval, no __proto__)', endsAlone: false })),
    ...stories.map((file) => ({ files: [file], flags: [], remark: '', endsAlone: true })),
  ]
}

/** Dealt out like cards, so that neighbours, which tend to cost the same, are spread. */
function batches(files: readonly TestFile[]): TestFile[][] {
  const count = Math.max(Math.min(2, files.length), Math.ceil(files.length / filesPerBatch))
  return Array.from({ length: count }, (_, batch) => files.filter((__, index) => index % count === batch))
}

function runsOnTheWeb({ path }: TestFile, root: string): boolean {
  const [room, plugin] = path.split('/')
  if (room === 'kernel') return true
  const manifest = join(root, 'plugins', plugin ?? '', 'manifest.json')
  return room === 'plugins' && existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).hosts?.includes('web') === true
}
