import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { messageOf, PalabreError, text } from '@palabre/sdk'
import type { SmallRelay } from './first-contact.ts'
import { securityHeadersFor } from './headers.ts'
import type { OwnCertificate } from './own-certificate.ts'
import { tunnelTo } from './relay-tunnel.ts'
import { tellRelay } from './tell-relay.ts'
import { serveFiles } from './static-files.ts'

/** P-A-L-A on a telephone's keys. */
export const usualPort = 7252

export interface ServedPage extends AsyncDisposable {
  readonly address: string
}

export interface ListenOptions {
  readonly port: number | undefined
  readonly host: string
  /** What the plugins of the page ask for. */
  readonly permissions?: readonly string[]
  readonly relay?: Pick<SmallRelay, 'seenFrom' | 'port'> | undefined
  /** Over HTTPS with this; the relay is then reached through the page's own port. */
  readonly certificate?: OwnCertificate | undefined
}

/** Serves a built page. Without a port it takes the usual one, or any when somebody has that. */
export async function listenForPage(
  dir: string,
  { port, host, permissions = [], relay, certificate }: ListenOptions,
): Promise<ServedPage> {
  const headers = securityHeadersFor(permissions)
  const files = serveFiles(dir, headers)
  const answer = relay === undefined ? files : tellRelay(relay, headers, files)
  const server = certificate === undefined ? createServer(answer) : createSecureServer(certificate, answer)
  const tunnels = new Set<Duplex>()
  if (certificate !== undefined && relay !== undefined) {
    const tunnel = tunnelTo(relay.port)
    server.on('upgrade', (request, socket, head) => {
      tunnels.add(socket)
      socket.once('close', () => tunnels.delete(socket))
      tunnel(request, socket, head)
    })
  }
  await (port === undefined
    ? listen(server, usualPort, host).catch((error: unknown) => {
        if (!isTaken(error)) throw unusable(host, usualPort, error)
        return listen(server, 0, host)
      })
    : listen(server, port, host).catch((error: unknown) => {
        throw isTaken(error) ? taken(port, error) : unusable(host, port, error)
      }))
  return {
    address: addressOf(server.address() as AddressInfo, certificate === undefined ? 'http' : 'https'),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      // Browsers keep connections open for later; there is no later.
      server.closeAllConnections()
      for (const one of tunnels) one.destroy()
      await closed
    },
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** An address that a browser on this machine can open. */
function addressOf({ address, family, port }: AddressInfo, scheme: 'http' | 'https'): string {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address
  return `${scheme}://${family === 'IPv6' && host !== '127.0.0.1' ? `[${host}]` : host}:${port}/`
}

const isTaken = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EADDRINUSE'

function taken(port: number, cause: unknown): PalabreError {
  return new PalabreError('bad-argument', text(`port ${port} is taken`, `le port ${port} est pris`), {
    cause,
    todo: text('Name another after --port, or none.', 'Nommez-en un autre après --port, ou aucun.'),
  })
}

function unusable(host: string, port: number, cause: unknown): PalabreError {
  const why = messageOf(cause)
  return new PalabreError(
    'bad-argument',
    text(`nothing can listen at ${host}, port ${port}: ${why}`, `rien ne peut écouter à ${host}, port ${port} : ${why}`),
    {
      cause,
      todo: text('Name an address of this machine after --host.', 'Nommez après --host une adresse de cette machine.'),
    },
  )
}
