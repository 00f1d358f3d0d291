import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'

interface PageFile {
  readonly type: string
  readonly bytes: Buffer
}

/** The files of the built page by their path in the address. */
export interface PageFiles {
  find(path: string): Promise<PageFile | undefined>
}

type Page = ReadonlyMap<string, PageFile>

/**
 * Paths from outside are looked up among what was read and never joined to a folder: what is not there cannot be reached. The page is
 * read as a whole each time that it is opened, because it may be built again at any moment, and the one before stays: whoever has just
 * opened that one still asks for its parts, whose names are of their content.
 */
export function createPageFiles(folder: string): PageFiles {
  let now: Page = new Map()
  let before: Page = new Map()
  return {
    async find(path) {
      if (path === '/') {
        const page = await readPage(folder)
        if (page !== undefined && !isSame(page, now)) [before, now] = [now, page]
      }
      return now.get(path) ?? before.get(path)
    },
  }
}

/** Names are of the content, but that of the first file. */
const isSame = (one: Page, other: Page) =>
  one.size === other.size && [...one.keys()].every((path) => other.has(path)) && one.get('/')!.bytes.equals(other.get('/')!.bytes)

/** A page that is put in place of another is gone for a moment. */
const tries = 10

async function readPage(folder: string): Promise<Page | undefined> {
  if (folder === '') return undefined
  for (let left = tries; left > 0; left--) {
    const page = await readFiles(folder).catch(() => undefined)
    if (page?.has('/') === true) return page
    await setImmediate()
  }
  return undefined
}

/** Links are not followed and hidden files not listed. */
async function readFiles(folder: string): Promise<Page> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const read = files.map(async (file) => {
    const path = `/${relative(folder, file).split(sep).join('/')}`
    return [path === '/index.html' ? '/' : path, { type: typeOf(file), bytes: await readFile(file) }] as const
  })
  return new Map((await Promise.all(read)).filter(([path]) => !path.includes('/.')))
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
