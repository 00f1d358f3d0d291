import { randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { PalabreError, text } from '@palabre/sdk'
import type { Asker } from '@palabre/sdk/contract/asker'
import type { Reply } from '@palabre/sdk/contract/command'
import { areWireArgs, errorToWire, replyToWire } from '@palabre/sdk/contract/port-wire'
import { linesOf, sendLine, socketPlace } from './socket-lines.ts'

/** What somebody in another process wants to run here. */
export interface AttachedCall {
  readonly command: string
  readonly args: object
  /** Goes on until it is ended. */
  readonly lasts: boolean
  readonly signal: AbortSignal
  /** Asks that person, not the one who sits here. */
  readonly asker: Asker
}

export type AttachedRun = (call: AttachedCall) => Promise<AsyncIterable<Reply>> | AsyncIterable<Reply>

/**
 * Where processes of the same person run commands in this one: a socket in the profile folder, which no page of a browser and no
 * other machine can reach. Lines of JSON; the first one brings the secret and the command, its end is the socket's.
 */
export interface Door {
  readonly address: string
  readonly secret: string
  serve(run: AttachedRun): void
  leave(): Promise<void>
  close(): Promise<void>
}

const limits = { line: 1024 * 1024, helloMs: 5000, callers: 64 } as const

export async function openDoor(profileDir: string): Promise<Door> {
  const { address, clear } = socketPlace(profileDir)
  const secret = randomBytes(32).toString('base64url')
  const ready = Promise.withResolvers<AttachedRun>()
  const sockets = new Set<Socket>()
  const ending = new Set<Promise<void>>()
  let leaving = false

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    void meet(socket)
  })
  server.maxConnections = limits.callers
  server.listen(address)
  await once(server, 'listening')

  async function meet(socket: Socket): Promise<void> {
    const lines = linesOf(socket, limits.line)
    const deadline = setTimeout(() => socket.destroy(), limits.helloMs)
    const first = await lines.next()
    clearTimeout(deadline)
    const call = readCall(first.value ?? '', secret)
    if (call === undefined) return void socket.destroy()
    const run = await ready.promise
    if (leaving) return void socket.end(`${JSON.stringify({ kind: 'leaving' })}\n`)
    const done = answer(socket, lines, call, run)
    if (call.lasts) return
    ending.add(done)
    void done.then(() => ending.delete(done))
  }

  return {
    address,
    secret,
    serve: ready.resolve,
    async leave() {
      leaving = true
      await Promise.all(ending)
    },
    async close() {
      leaving = true
      for (const socket of sockets) socket.destroy()
      if (server.listening) {
        server.close()
        await once(server, 'close')
      }
      clear()
    },
  }
}

type Call = Pick<AttachedCall, 'command' | 'args' | 'lasts'> & { readonly attended: boolean }

/** Undefined for whoever does not know the secret, or asks for something else. */
function readCall(line: string, secret: string): Call | undefined {
  try {
    const { kind, secret: given, command, args, lasts, attended } = JSON.parse(line) as Record<string, unknown>
    if (kind !== 'run' || typeof given !== 'string' || !isSame(given, secret)) return undefined
    if (typeof command !== 'string' || !areWireArgs(args)) return undefined
    return { command, args, lasts: lasts === true, attended: attended === true }
  } catch {
    return undefined
  }
}

async function answer(socket: Socket, lines: AsyncGenerator<string>, call: Call, run: AttachedRun): Promise<void> {
  const gone = new AbortController()
  const { asker, take } = askerAt(socket, call.attended)
  socket.once('close', () => gone.abort(callerLeft()))
  if (socket.destroyed) return
  void listen(lines, take)
  await sendLine(socket, { kind: 'accepted' })
  try {
    const { command, args, lasts } = call
    for await (const reply of await run({ command, args, lasts, signal: gone.signal, asker })) {
      await sendLine(socket, { kind: 'reply', reply: replyToWire(reply) })
      if (gone.signal.aborted) break
    }
    socket.end(`${JSON.stringify({ kind: 'end' })}\n`)
  } catch (error) {
    socket.end(`${JSON.stringify({ kind: 'error', error: errorToWire(error, call.command) })}\n`)
  }
}

async function listen(lines: AsyncGenerator<string>, take: (line: string) => void): Promise<void> {
  for await (const line of lines) take(line)
}

/** Its questions go to the person at the other end. */
function askerAt(socket: Socket, isAttended: boolean): { asker: Asker; take(line: string): void } {
  const waiting = new Map<number, (answer: string | undefined) => void>()
  let last = 0
  const asker: Asker = {
    isAttended,
    async secret(question, about, { signal } = {}) {
      signal?.throwIfAborted()
      if (socket.destroyed) throw callerLeft()
      const id = ++last
      const answered = Promise.withResolvers<string | undefined>()
      const leave = () => answered.reject(callerLeft())
      const stop = () => answered.reject(signal?.reason)
      waiting.set(id, answered.resolve)
      socket.once('close', leave)
      signal?.addEventListener('abort', stop, { once: true })
      try {
        await sendLine(socket, { kind: 'ask', id, question, about })
        return await answered.promise
      } finally {
        waiting.delete(id)
        socket.off('close', leave)
        signal?.removeEventListener('abort', stop)
      }
    },
  }
  return {
    asker,
    take(line) {
      try {
        const { kind, id, answer } = JSON.parse(line) as Record<string, unknown>
        if (kind === 'answer') waiting.get(id as number)?.(typeof answer === 'string' ? answer : undefined)
      } catch {
        socket.destroy()
      }
    },
  }
}

function callerLeft(): PalabreError {
  return new PalabreError('cancelled', text('the caller has gone', 'l’appelant est parti'))
}

function isSame(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)]
  return a.length === b.length && timingSafeEqual(a, b)
}
