import type { Stream } from '@libp2p/interface'
import type { Road } from './road.ts'

export const linkProtocol = '/palabre/link/1'

export function openLinkStream({ connection }: Road, signal: AbortSignal): Promise<Stream> {
  return connection.newStream(linkProtocol, { signal, runOnLimitedConnection: true })
}
