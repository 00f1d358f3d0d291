import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { text, type Text } from '@palabre/sdk'
import { securityHeaders } from './headers.ts'

/** Answers every request: with a file of the page, or with a refusal. */
export type AnswerWithFile = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Serves a built page. All of it is read into memory first: it is small, a path that is not in the list cannot reach the disk, and
 * a page rebuilt meanwhile does not come out half old and half new.
 */
export function serveFiles(dir: string, headers = securityHeaders): AnswerWithFile {
  const files = readFiles(dir)
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, onlyReading)
    const file = files.get(pathOf(request.url ?? '/'))
    if (file === undefined) return refuse(response, 404, noSuchFile)
    if (request.headers['if-none-match'] === file.etag) return void response.writeHead(304, { etag: file.etag }).end()
    response.writeHead(200, {
      'content-type': file.type,
      'content-length': file.body.length,
      'cache-control': file.cache,
      etag: file.etag,
    })
    // Node sends no body in answer to HEAD.
    response.end(file.body)
  }
}

interface PageFile {
  readonly body: Buffer
  readonly type: string
  readonly etag: string
  readonly cache: string
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

function readFiles(dir: string): Map<string, PageFile> {
  const files = new Map<string, PageFile>()
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const path = `/${relative(dir, file).split(sep).join('/')}`
    files.set(path, readPageFile(file, path))
  }
  const start = files.get('/index.html')
  if (start !== undefined) files.set('/', start)
  return files
}

/** What lies under `assets` has the hash of its content in its name and never changes. */
function readPageFile(file: string, path: string): PageFile {
  const body = readFileSync(file)
  return {
    body,
    type: types[extname(file)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    cache: path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
}

/** The query is of no interest to files; an address that cannot be read names none. */
function pathOf(url: string): string {
  try {
    return decodeURIComponent(url.replace(/\?.*$/s, ''))
  } catch {
    return ''
  }
}

const onlyReading = text('Only GET and HEAD are answered here.', 'Seuls GET et HEAD ont ici une réponse.')
const noSuchFile = text('There is no such file.', 'Ce fichier n’existe pas.')

function refuse(response: ServerResponse, status: number, { en, fr }: Text): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
  })
  response.end(`${en}\n${fr}\n`)
}
