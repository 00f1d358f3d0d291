import { text } from '@palabre/sdk'
import type { TurnServer } from '@palabre/sdk/contract/ice'
import type { Resolver } from '@palabre/sdk/contract/resolver'
import type { Mapped, StunAnswer, TurnAnswer } from './server-answers.ts'

/** Each is asked from a port of its own, so what they see cannot be compared. */
export const comparable = false

export const withoutResolver = text(
  'no resolver is on: the browser looks names up by itself',
  'aucun résolveur n’est activé : le navigateur cherche les noms lui-même',
)

/** What each server says, in their order. */
export function askStun(urls: readonly string[], _names: Iterable<Resolver>, signal: AbortSignal): Promise<StunAnswer[]> {
  const ask = async (url: string) => {
    const answer = await gather({ urls: url }, 'srflx', signal)
    return answer !== undefined && 'code' in answer ? undefined : answer
  }
  return Promise.all(urls.map(ask))
}

export async function askTurn(
  { url, username, credential }: TurnServer,
  _names: Iterable<Resolver>,
  signal: AbortSignal,
): Promise<TurnAnswer> {
  const answer = await gather({ urls: url, username, credential }, 'relay', signal)
  if (answer === undefined || 'code' in answer) return answer
  const { ms, ...given } = answer
  return { given, ms }
}

/** As long as a server on the other side of the earth may need, asked three times. */
const patienceMs = 3_000
/** Codes of STUN end below; a browser gives those above for what it could not even ask (WebRTC §4.8.1.3). */
const firstOfBrowser = 700

/** A browser asks servers in one way only: as one who is about to be called. `undefined`: this one said nothing. */
async function gather(
  server: RTCIceServer,
  type: 'srflx' | 'relay',
  signal: AbortSignal,
): Promise<Mapped | { readonly code: number } | undefined> {
  signal.throwIfAborted()
  const connection = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: type === 'relay' ? 'relay' : 'all' })
  const told = Promise.withResolvers<Mapped | { readonly code: number } | undefined>()
  const begun = performance.now()
  connection.onicecandidate = ({ candidate }) => {
    if (candidate === null) return told.resolve(undefined)
    const { address, port } = candidate
    if (candidate.type === type && address !== null && port !== null) told.resolve({ address, port, ms: performance.now() - begun })
  }
  connection.onicecandidateerror = ({ errorCode }) => {
    if (errorCode < firstOfBrowser) told.resolve({ code: errorCode })
  }
  const enough = setTimeout(() => told.resolve(undefined), patienceMs)
  const quit = () => told.reject(signal.reason)
  signal.addEventListener('abort', quit, { once: true })
  try {
    connection.createDataChannel('')
    const [answer] = await Promise.all([told.promise, connection.setLocalDescription()])
    return answer
  } finally {
    clearTimeout(enough)
    signal.removeEventListener('abort', quit)
    connection.close()
  }
}
