import { text } from '@palabre/sdk'
import type { Ice, TurnServer } from '@palabre/sdk/contract/ice'
import type { Resolver } from '@palabre/sdk/contract/resolver'
import type { Finding } from './finding.ts'
import { findServer } from './find-server.ts'
import { askTurn, type TurnAnswer } from './turn.ts'

const unauthorized = 401

/** One verdict for each server. */
export async function checkTurn(
  { config }: Pick<Ice, 'config'>,
  names: Iterable<Resolver>,
  signal: AbortSignal,
): Promise<Finding[]> {
  if (config.turn.length === 0)
    return [
      {
        check: 'TURN',
        verdict: 'off',
        says: text('no server is configured (transport-webrtc, turn)', 'aucun serveur n’est configuré (transport-webrtc, turn)'),
      },
    ]
  return Promise.all(config.turn.map(async (server) => (isOverUdp(server) ? askOne(server, names, signal) : notFromHere(server))))
}

const isOverUdp = ({ url }: TurnServer) => url.startsWith('turn:') && !/[?&]transport=tcp/.test(url)

async function askOne(server: TurnServer, names: Iterable<Resolver>, signal: AbortSignal): Promise<Finding> {
  const { url } = server
  const at = await findServer(url, names, signal)
  if ('why' in at)
    return { check: 'TURN', verdict: 'bad', figures: { url }, says: text(`${url}: ${at.why.en}`, `${url} : ${at.why.fr}`) }
  return verdictOn(server, await askTurn(at, server, signal))
}

function verdictOn({ url, username }: TurnServer, answer: TurnAnswer): Finding {
  const bad = (en: string, fr: string, figures: object = {}): Finding => ({
    check: 'TURN',
    verdict: 'bad',
    figures: { url, ...figures },
    says: text(`${url} ${en}`, `${url} ${fr}`),
  })
  if (answer === undefined)
    return bad(
      'does not answer: look at its address and port; UDP may be blocked here',
      'ne répond pas : vérifiez son adresse et son port ; l’UDP est peut-être bloqué ici',
    )
  if ('code' in answer) {
    const { code } = answer
    if (code === unauthorized)
      return bad(
        `refuses ${username}: look at the user and the password`,
        `refuse ${username} : vérifiez l’utilisateur et le mot de passe`,
        { code },
      )
    return bad(`is there and gives no address (code ${code})`, `est là et ne donne pas d’adresse (code ${code})`, { code })
  }
  const ms = Math.round(answer.ms)
  const given = `${answer.given.address}:${answer.given.port}`
  return {
    check: 'TURN',
    verdict: 'good',
    figures: { url, ...answer.given, ms },
    says: text(`${url} gave us ${given}, in ${ms} ms`, `${url} nous a donné ${given}, en ${ms} ms`),
  }
}

/** The library under WebRTC in Node leaves such a server out without a word. */
const notFromHere = ({ url }: TurnServer): Finding => ({
  check: 'TURN',
  verdict: 'bad',
  figures: { url },
  says: text(
    `${url} is of no use here: over TCP or TLS only a page in a browser reaches a TURN server; add one over UDP`,
    `${url} ne sert à rien ici : par TCP ou TLS, seule une page dans un navigateur atteint un serveur TURN ; ajoutez-en un par UDP`,
  ),
})
