import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** Somebody in the middle of the road: passes every byte on, in both directions, and keeps it all. */
export interface RecordingHop extends AsyncDisposable {
  readonly port: number
  /** Everything so far, in the order in which it passed. */
  pieces(): readonly Piece[]
}

export interface Piece {
  /** From who dialled, or back to them. */
  readonly way: 'there' | 'back'
  readonly bytes: Buffer
}

export async function openRecordingHop(to: { readonly host: string; readonly port: number }): Promise<RecordingHop> {
  const pieces: Piece[] = []
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(to.port, to.host)
    pass(near, far, 'there')
    pass(far, near, 'back')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  function pass(from: Socket, into: Socket, way: Piece['way']): void {
    sockets.add(from)
    from.on('data', (bytes: Buffer) => {
      pieces.push({ way, bytes })
      into.write(bytes)
    })
    from.once('end', () => into.end())
    from.on('error', () => into.destroy()).once('close', () => sockets.delete(from))
  }

  return {
    port: (server.address() as AddressInfo).port,
    pieces: () => pieces,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
