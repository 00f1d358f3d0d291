import { once } from 'node:events'
import { createServer, STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { PalabreError, text } from '@palabre/sdk'
import type { Log } from '@palabre/sdk/contract/log'
import { createDoorGuard, type DoorGuard, type Refusal } from './door-guard.ts'
import { openHall, type HallParts } from './hall.ts'
import { limits } from './limits.ts'
import { createPageAnswers } from './page-answers.ts'
import { createPageFiles } from './page-files.ts'
import { pageHeaders } from './page-headers.ts'
import { isSameUser } from './same-user.ts'

export interface LoopbackSettings {
  readonly address: '127.0.0.1' | '::1'
  /** 0: one the system chooses. */
  readonly port: number
  /** The folder of the built page; empty: there is none. */
  readonly pageDir: string
  readonly headers: Readonly<Record<string, string>>
  readonly sameUser: boolean
}

export interface LoopbackParts extends HallParts {
  readonly settings: LoopbackSettings
  /** The user whose browsers are let in. */
  readonly user: number | undefined
}

export interface LoopbackServer extends AsyncDisposable {
  /** `http://127.0.0.1:40123` */
  readonly origin: string
}

/** The door of the kernel on this machine: gives the page to whoever asks by the right name, and the kernel to whoever has a key. */
export async function openLoopbackServer(parts: LoopbackParts): Promise<LoopbackServer> {
  const { settings, log } = parts
  const http = createServer({ headersTimeout: limits.helloMs, requestTimeout: limits.helloMs, keepAliveTimeout: limits.helloMs })
  http.maxConnections = limits.connections
  const port = await listen(http, settings)
  const guard = createDoorGuard(settings.address, port)

  const files = createPageFiles(settings.pageDir)
  http.on('request', createPageAnswers({ guard, files, headers: pageHeaders(settings.headers), log }))

  const hall = openHall(parts)
  http.on('upgrade', (request: IncomingMessage, wire: Socket, head: Buffer) => {
    wire.on('error', () => wire.destroy())
    void refusalOf(request, wire, guard, parts).then((refusal) => {
      if (!http.listening) wire.destroy()
      else if (refusal !== undefined) turnAway(wire, refusal, log)
      else hall.enter(request, wire, head)
    })
  })

  const origin = `http://${settings.address === '::1' ? '[::1]' : settings.address}:${port}`
  log.info('faces can come in', { origin })
  return {
    origin,
    async [Symbol.asyncDispose]() {
      const closed = once(http, 'close')
      http.close()
      await hall.empty()
      http.closeAllConnections()
      await closed
    },
  }
}

async function listen(http: Server, { address, port }: LoopbackSettings): Promise<number> {
  http.listen({ host: address, port, exclusive: true })
  await once(http, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' || error.code === 'EACCES' ? cannotListen(address, port, error) : error
  })
  return (http.address() as AddressInfo).port
}

async function refusalOf(
  request: IncomingMessage,
  wire: Socket,
  guard: DoorGuard,
  { settings, user }: LoopbackParts,
): Promise<Refusal | undefined> {
  const refusal = guard.forSocket(request)
  if (refusal !== undefined || !settings.sameUser || (await isSameUser(wire, user))) return refusal
  return { status: 403, says: 'other users of this machine are not let in' }
}

function turnAway(wire: Socket, { status, says }: Refusal, log: Log): void {
  log.warn('socket refused', { status, why: says })
  const body = `${says}\n`
  wire.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  wire.destroySoon()
}

function cannotListen(address: string, port: number, cause: Error): PalabreError {
  return new PalabreError(
    'bad-settings',
    text(
      `port ${port} of ${address} cannot be had: ${cause.message}`,
      `le port ${port} de ${address} n’est pas libre : ${cause.message}`,
    ),
    {
      cause,
      todo: text(
        'Choose another "port" under port-loopback in plugins.json, or 0 for any free one.',
        'Choisissez un autre « port » sous port-loopback dans plugins.json, ou 0 pour n’importe quel port libre.',
      ),
    },
  )
}
