import type { IncomingMessage } from 'node:http'
import { portWire } from '@palabre/sdk/contract/port-wire'

export interface Refusal {
  readonly status: 403 | 404 | 405 | 421
  readonly says: string
}

/** Looks at requests before anything is done for them. */
export interface DoorGuard {
  forFile(request: IncomingMessage): Refusal | undefined
  forSocket(request: IncomingMessage): Refusal | undefined
}

/**
 * A foreign name in `Host` means that somebody's domain was pointed at this machine (DNS rebinding); a foreign `Origin` on the socket
 * means a page of another site. Programs send no `Origin` and are judged by their token alone.
 */
export function createDoorGuard(address: '127.0.0.1' | '::1', port: number): DoorGuard {
  const hosts = hostNames(address, port)
  const origins = new Set([...hosts].map((host) => `http://${host}`))

  const isForeignHost = ({ headers }: IncomingMessage) => headers.host === undefined || !hosts.has(headers.host.toLowerCase())
  const isForeignOrigin = ({ headers }: IncomingMessage) => headers.origin !== undefined && !origins.has(headers.origin)

  return {
    forFile(request) {
      if (isForeignHost(request)) return { status: 421, says: 'this machine is not known by that name' }
      if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, says: 'files are only read here' }
      return undefined
    },
    forSocket(request) {
      if (isForeignHost(request)) return { status: 421, says: 'this machine is not known by that name' }
      if (isForeignOrigin(request)) return { status: 403, says: 'pages of other sites are not let in' }
      if (request.url !== portWire.path) return { status: 404, says: 'there is no socket here' }
      return undefined
    },
  }
}

function hostNames(address: '127.0.0.1' | '::1', port: number): Set<string> {
  const names = [address === '::1' ? '[::1]' : address, 'localhost']
  return new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])))
}
