import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

interface PageFile {
  readonly type: string
  readonly bytes: Buffer
}

/** The files of the built page by their path in the address. */
export interface PageFiles {
  find(path: string): Promise<PageFile | undefined>
}

/**
 * Paths from outside are looked up in a list of what is there and never joined to a folder: what is not listed cannot be reached.
 * The list is made anew for each opening of the page, so that a page built again is served whole.
 */
export function createPageFiles(folder: string): PageFiles {
  let files: ReadonlyMap<string, string> = new Map()
  return {
    async find(path) {
      if (path === '/') files = await listFiles(folder)
      const file = files.get(path)
      return file === undefined ? undefined : { type: typeOf(file), bytes: await readFile(file) }
    },
  }
}

/** Links are not followed and hidden files not listed. */
async function listFiles(folder: string): Promise<Map<string, string>> {
  if (folder === '') return new Map()
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const listed = files
    .map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file] as const)
    .filter(([path]) => !path.includes('/.'))
  const index = listed.filter(([path]) => path === '/index.html').map(([, file]) => ['/', file] as const)
  return new Map([...listed, ...index])
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

function typeOf(file: string): string {
  return types[extname(file)] ?? 'application/octet-stream'
}
