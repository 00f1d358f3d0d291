import { randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PalabreError, text } from '@palabre/sdk'
import { errorToWire, wireToError, type WireError } from '@palabre/sdk/contract/port-wire'
import type { Shown } from './window.ts'

export type ShowWanted = (want: 'window' | 'address') => Promise<Shown>

/** Where a Palabre that runs is asked to show itself by one that was started after it. One line is asked, one answered. */
export interface Control extends AsyncDisposable {
  readonly address: string
  /** Whoever asks must know it; it stands in a file that only the person can read. */
  readonly secret: string
  /** Whoever asks before this waits. */
  serve(show: ShowWanted): void
}

/** The Palabre that was there first. */
export interface Running {
  show(want: 'window' | 'address'): Promise<Shown>
}

type Answer = { readonly shown: Shown } | { readonly error: WireError }

const longestLine = 4096
const patienceMs = 60_000

export async function openControl(profileDir: string): Promise<Control> {
  const { address, clear } = controlAddress(profileDir)
  const secret = randomBytes(32).toString('base64url')
  const ready = Promise.withResolvers<ShowWanted>()
  const sockets = new Set<Socket>()

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    void answer(socket, secret, ready.promise)
  })
  server.listen(address)
  await once(server, 'listening')
  return {
    address,
    secret,
    serve: ready.resolve,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      if (server.listening) {
        server.close()
        await once(server, 'close')
      }
      clear()
    },
  }
}

/** Undefined when nobody is there any more. */
export async function askRunning({ address, secret }: Pick<Control, 'address' | 'secret'>): Promise<Running | undefined> {
  const socket = connect(address)
  try {
    await once(socket, 'connect')
  } catch {
    return undefined
  }
  return {
    async show(want) {
      socket.write(`${JSON.stringify({ secret, want })}\n`)
      const line = await readLine(socket, patienceMs)
      socket.destroy()
      if (line === undefined) throw silent()
      const answer = JSON.parse(line) as Answer
      if ('error' in answer) throw wireToError(answer.error)
      return answer.shown
    },
  }
}

async function answer(socket: Socket, secret: string, ready: Promise<ShowWanted>): Promise<void> {
  const want = wanted(await readLine(socket, patienceMs), secret)
  if (want === undefined) return void socket.destroy()
  const show = await ready
  const outcome: Answer = await show(want).then(
    (shown) => ({ shown }),
    (error: unknown) => ({ error: errorToWire(error, 'show') }),
  )
  socket.end(`${JSON.stringify(outcome)}\n`)
}

/** Undefined for whoever does not know the secret or asks for something else. */
function wanted(line: string | undefined, secret: string): 'window' | 'address' | undefined {
  try {
    const asked = JSON.parse(line ?? '') as { secret?: unknown; want?: unknown }
    const isSecret = typeof asked.secret === 'string' && isSame(asked.secret, secret)
    return isSecret && (asked.want === 'window' || asked.want === 'address') ? asked.want : undefined
  } catch {
    return undefined
  }
}

function isSame(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The first line, or undefined when the socket ends, says too much or takes too long. */
async function readLine(socket: Socket, ms: number): Promise<string | undefined> {
  const line = Promise.withResolvers<string | undefined>()
  let text = ''
  socket.setEncoding('utf8')
  const hear = (chunk: string) => {
    text += chunk
    const end = text.indexOf('\n')
    if (end !== -1) line.resolve(text.slice(0, end))
    else if (text.length > longestLine) line.resolve(undefined)
  }
  const lose = () => line.resolve(undefined)
  const timer = setTimeout(lose, ms)
  socket.on('data', hear).on('end', lose).on('close', lose).on('error', lose)
  const read = await line.promise
  clearTimeout(timer)
  return read
}

/** A socket in the profile folder, which belongs to the person alone; where its path is too long for one, in a folder of its own. */
function controlAddress(profileDir: string): { address: string; clear(): void } {
  const name = `desktop-${randomBytes(6).toString('hex')}`
  if (process.platform === 'win32') return { address: `\\\\.\\pipe\\palabre-${name}`, clear() {} }
  const address = join(profileDir, `${name}.sock`)
  if (Buffer.byteLength(address) <= longestSocketPath) return { address, clear: () => rmSync(address, { force: true }) }
  const folder = mkdtempSync(join(tmpdir(), 'palabre-'))
  return { address: join(folder, 'desktop.sock'), clear: () => rmSync(folder, { recursive: true, force: true }) }
}

/** What macOS takes; Linux takes a little more. */
const longestSocketPath = 103

function silent(): PalabreError {
  return new PalabreError('timed-out', text('the Palabre that is running does not answer', 'le Palabre qui tourne ne répond pas'), {
    todo: text('End it, then start again.', 'Arrêtez-le, puis relancez.'),
  })
}
