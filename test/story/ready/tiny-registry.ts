import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A package on an npm registry of our own, on loopback, which can be told to keep a client waiting. */
export async function startTinyRegistry() {
  const tarball = packPebble()
  const seen: string[] = []
  const held: (() => void)[] = []
  let holding = false
  let noticeHeld = () => {}

  const answer = (url: string, response: ServerResponse) => {
    seen.push(url)
    if (url.endsWith('.tgz')) response.end(tarball)
    else if (url === '/pebble') response.setHeader('content-type', 'application/json').end(JSON.stringify(packument(origin())))
    else response.writeHead(404).end('{}')
  }
  const server = createServer(({ url = '' }, response) => {
    if (!holding) return answer(url, response)
    held.push(() => answer(url, response))
    noticeHeld()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    origin: `${origin()}/`,
    /** What was asked for and answered. */
    seen,
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    /** From now on nobody gets an answer; resolves when somebody waits for one. */
    hold: () => {
      holding = true
      return new Promise<void>((done) => (noticeHeld = done))
    },
    release: () => {
      holding = false
      for (const go of held.splice(0)) go()
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

export type TinyRegistry = Awaited<ReturnType<typeof startTinyRegistry>>

function packument(origin: string) {
  const dist = { tarball: `${origin}/pebble/-/pebble-1.0.0.tgz` }
  return { name: 'pebble', 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': { name: 'pebble', version: '1.0.0', dist } } }
}

function packPebble(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-pebble-'))
  try {
    mkdirSync(join(folder, 'pebble'))
    writeFileSync(
      join(folder, 'pebble', 'package.json'),
      '{ "name": "pebble", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
    )
    writeFileSync(join(folder, 'pebble', 'index.js'), 'export const weight = 7\n')
    const { status, stderr } = spawnSync('npm', ['pack', './pebble', '--offline'], { cwd: folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(`npm pack failed: ${stderr}`)
    return readFileSync(join(folder, 'pebble-1.0.0.tgz'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
