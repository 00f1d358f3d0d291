import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One JSON value in each line; ends with the socket, or at a line that is longer than `most`. */
export async function* linesOf(socket: Socket, most: number): AsyncGenerator<string> {
  let rest = ''
  socket.setEncoding('utf8')
  try {
    for await (const chunk of socket as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
      if (rest.length > most) return
    }
  } catch {
    // A socket that breaks has ended.
  }
}

/** Resolves when the other side has room for more, or is gone. */
export async function sendLine(socket: Socket, value: object): Promise<void> {
  if (socket.destroyed || socket.write(`${JSON.stringify(value)}\n`)) return
  const room = Promise.withResolvers<void>()
  const go = () => room.resolve()
  socket.once('drain', go).once('close', go)
  await room.promise
  socket.off('drain', go).off('close', go)
}

export interface SocketPlace {
  readonly address: string
  clear(): void
}

/** In the profile folder, which belongs to the person alone; where its path is too long for a socket, in a folder of its own. */
export function socketPlace(profileDir: string): SocketPlace {
  const name = `palabre-${randomBytes(6).toString('hex')}`
  if (process.platform === 'win32') return { address: `\\\\.\\pipe\\${name}`, clear() {} }
  const address = join(profileDir, `${name}.sock`)
  if (Buffer.byteLength(address) <= longestSocketPath) return { address, clear: () => rmSync(address, { force: true }) }
  const folder = mkdtempSync(join(tmpdir(), 'palabre-'))
  return { address: join(folder, 'door.sock'), clear: () => rmSync(folder, { recursive: true, force: true }) }
}

/** What macOS takes; Linux takes a little more. */
const longestSocketPath = 103
