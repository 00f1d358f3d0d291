import { text } from '@palabre/sdk'
import type { TurnServer } from '@palabre/sdk/contract/ice'
import type { Resolver } from '@palabre/sdk/contract/resolver'
import { findServer } from './find-server.ts'
import type { StunAnswer, TurnAnswer } from './server-answers.ts'
import { askStunByUdp } from './stun.node.ts'
import { askTurnByUdp } from './turn.node.ts'

/** All were asked from one port, so what they see tells of the NAT (RFC 4787 §4.1). */
export const comparable = true

export const withoutResolver = text(
  'no resolver is on: names are not looked up, addresses work',
  'aucun résolveur n’est activé : les noms ne sont pas cherchés, les adresses fonctionnent',
)

/** What each server says, in their order. */
export async function askStun(urls: readonly string[], names: Iterable<Resolver>, signal: AbortSignal): Promise<StunAnswer[]> {
  const servers = await Promise.all(urls.map((url) => findServer(url, names, signal)))
  const known = servers.flatMap((one) => ('why' in one ? [] : [one]))
  const answers = await askStunByUdp(known, signal)
  return servers.map((one) => ('why' in one ? one : answers[known.indexOf(one)]))
}

export async function askTurn(server: TurnServer, names: Iterable<Resolver>, signal: AbortSignal): Promise<TurnAnswer> {
  if (!isOverUdp(server)) return ofNoUse
  const at = await findServer(server.url, names, signal)
  return 'why' in at ? at : askTurnByUdp(at, server, signal)
}

const isOverUdp = ({ url }: TurnServer) => url.startsWith('turn:') && !/[?&]transport=tcp/.test(url)

/** The library under WebRTC in Node leaves such a server out without a word. */
const ofNoUse = {
  why: text(
    'of no use here: over TCP or TLS only a page in a browser reaches a TURN server; add one over UDP',
    'ne sert à rien ici : par TCP ou TLS, seule une page dans un navigateur atteint un serveur TURN ; ajoutez-en un par UDP',
  ),
}
