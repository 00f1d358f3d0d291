import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

export interface TestFile {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly isStory: boolean
  readonly slow: boolean
  readonly limitMs: number
}

const rooms = ['sdk', 'kernel', 'plugins/*', 'host-*', 'test']
const tests = [...rooms.map((room) => `${room}/**/*.test.ts`), 'test/**/*.story.ts']
const usualLimitSeconds = 240

export function findTests(root: string, patterns: readonly string[] = tests): TestFile[] {
  const paths = globSync([...patterns], { cwd: root, exclude: (name) => name === 'node_modules' || name === 'dist' })
  return paths
    .map((path) => path.split(sep).join('/'))
    .toSorted()
    .map((path) => ({ path, isStory: path.endsWith('.story.ts'), ...wishesOf(readFileSync(join(root, path), 'utf8')) }))
}

/** `// slow`, `// limit: 300 s` or `// slow, limit: 300 s` on the first line. */
function wishesOf(text: string) {
  const [, slow, seconds] = /^\/\/ (slow)?(?:, )?(?:limit: (\d+) s)?\r?\n/.exec(text) ?? []
  return { slow: slow !== undefined, limitMs: Number(seconds ?? usualLimitSeconds) * 1000 }
}
