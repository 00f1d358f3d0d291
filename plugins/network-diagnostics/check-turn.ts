import { text } from '@palabre/sdk'
import type { Ice, TurnServer } from '@palabre/sdk/contract/ice'
import type { Resolver } from '@palabre/sdk/contract/resolver'
import { askTurn } from '#ask-servers'
import type { Finding } from './finding.ts'
import type { TurnAnswer } from './server-answers.ts'

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
  return Promise.all(config.turn.map(async (server) => verdictOn(server, await askTurn(server, names, signal))))
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
  if ('why' in answer)
    return { check: 'TURN', verdict: 'bad', figures: { url }, says: text(`${url}: ${answer.why.en}`, `${url} : ${answer.why.fr}`) }
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
