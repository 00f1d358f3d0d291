import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '@palabre/host-cli/node-host'
import { catalogCode } from './catalog-module.ts'
import type { PagePlugins } from './page-plugins.ts'

/** What a page was made of, noted beside its folder, so that an unchanged one is not built again. */
export interface Stamp {
  readonly files: readonly string[]
  /** Every file that was read, with the hash of its content. */
  readonly inputs: Readonly<Record<string, string>>
  /** The hash of what is no file: the choice of plugins and their settings. */
  readonly choice: string
}

/** Undefined when there is none that can be read. */
export function readStamp(dir: string): Stamp | undefined {
  try {
    return JSON.parse(readFileSync(stampFile(dir), 'utf8')) as Stamp
  } catch {
    return undefined
  }
}

export function writeStamp(
  dir: string,
  { chosen, files, inputs }: { chosen: PagePlugins; files: readonly string[]; inputs: readonly string[] },
): void {
  const all = [...inputs, ...buildCode()].map((file) => [file, hashOfFile(file)])
  const stamp = { files, inputs: Object.fromEntries(all) as Record<string, string>, choice: hash(catalogCode(chosen)) }
  writeFileSync(stampFile(dir), JSON.stringify(stamp))
}

export function isFresh({ files, inputs, choice }: Stamp, chosen: PagePlugins, dir: string): boolean {
  return (
    choice === hash(catalogCode(chosen)) &&
    files.every((file) => existsSync(join(dir, file))) &&
    Object.entries(inputs).every(([file, content]) => hashOfFile(file) === content)
  )
}

/** Beside the folder and not in it: it names paths of this machine, and the folder is served. */
const stampFile = (dir: string) => `${dir}.made-of.json`

/** The build's own code, and the versions of everything it calls. */
function buildCode(): string[] {
  const ours = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const worker = join('page', 'service-worker.ts')
  return [...[...ours, worker].map((name) => join(import.meta.dirname, name)), join(projectRoot, 'package-lock.json')]
}

function hashOfFile(file: string): string {
  return existsSync(file) ? hash(readFileSync(file)) : 'gone'
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url')
}
