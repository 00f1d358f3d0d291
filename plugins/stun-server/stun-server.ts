import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { PalabreError, text } from '@palabre/sdk'
import type { Log } from '@palabre/sdk/contract/log'
import { createRateBound } from './rate-bound.ts'
import { readRequest, writeAnswer } from './stun-message.ts'

export interface StunSettings {
  readonly port: number
  readonly addresses: readonly string[]
  readonly perSecond: number
  readonly perAddress: number
}

export interface StunServer {
  /** Where it answers, as `host:port`. */
  readonly addresses: readonly string[]
  /** To be called once a second: what was counted is forgotten. */
  nextSecond(): void
  close(): Promise<void>
}

/** Answers binding requests, keeps nothing about who asked, and never sends more than the bounds allow. */
export async function openStunServer({ port, addresses, perSecond, perAddress }: StunSettings, log: Log): Promise<StunServer> {
  const bound = createRateBound(perSecond, perAddress)
  const sockets: Socket[] = []
  const close = async () => {
    await Promise.all(sockets.splice(0).map((socket) => new Promise<void>((done) => socket.close(() => done()))))
  }
  try {
    for (const address of addresses) {
      // The second family takes the port that the system gave to the first.
      const socket = await listen(address, sockets[0]?.address().port ?? port, log)
      if (socket !== undefined) sockets.push(socket)
    }
  } catch (error) {
    await close()
    throw error
  }
  for (const socket of sockets) {
    socket.on('message', (bytes, from) => {
      const request = readRequest(bytes)
      if (request === undefined || !bound.allows(from.address)) return
      // Whoever cannot be answered has left; the socket stays.
      socket.send(writeAnswer(request, from), from.port, from.address, () => undefined)
    })
    socket.on('error', (error) => log.warn('a STUN socket has an error', { reason: error.message }))
  }
  return {
    addresses: sockets.map((socket) => {
      const { address, port } = socket.address()
      return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`
    }),
    nextSecond: bound.reset,
    close,
  }
}

/** `undefined` for a family that this machine does not have. */
async function listen(address: string, port: number, log: Log): Promise<Socket | undefined> {
  const socket = createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4', ipv6Only: isIPv6(address) })
  socket.bind(port, address)
  try {
    await once(socket, 'listening')
  } catch (error) {
    socket.close()
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'EAFNOSUPPORT' && !(code === 'EADDRNOTAVAIL' && isIPv6(address))) throw cannotListen(address, port, error)
    log.info('no STUN on an address that this machine does not have', { address, reason: message })
    return undefined
  }
  log.info('answers STUN', { address: socket.address().address, port: socket.address().port })
  return socket
}

function cannotListen(address: string, port: number, cause: unknown): PalabreError {
  return new PalabreError(
    'bad-settings',
    text(`cannot answer STUN on ${address}, UDP port ${port}`, `impossible de répondre en STUN sur ${address}, port UDP ${port}`),
    {
      todo: text(
        'Choose another port for stun-server in plugins.json, or stop what uses this one.',
        'Choisissez un autre port pour stun-server dans plugins.json, ou arrêtez ce qui utilise celui-ci.',
      ),
      cause,
    },
  )
}
