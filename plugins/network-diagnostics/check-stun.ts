import { text } from '@palabre/sdk'
import type { Resolver } from '@palabre/sdk/contract/resolver'
import { askStun, comparable } from '#ask-servers'
import type { Finding } from './finding.ts'
import type { Mapped, StunAnswer } from './server-answers.ts'

export async function checkStun(stun: readonly string[], names: Iterable<Resolver>, signal: AbortSignal): Promise<Finding[]> {
  if (stun.length === 0)
    return [
      {
        check: 'STUN',
        verdict: 'off',
        says: text('no server is configured (transport-webrtc, stun)', 'aucun serveur n’est configuré (transport-webrtc, stun)'),
      },
    ]
  const answers = await askStun(stun, names, signal)
  const findings = stun.map((url, index) => stunFinding(url, answers[index]))
  const seen = answers.filter((one) => one !== undefined && 'port' in one)
  return comparable && seen.length > 1 ? [...findings, natFinding(seen)] : findings
}

function stunFinding(url: string, answer: StunAnswer): Finding {
  if (answer === undefined)
    return {
      check: 'STUN',
      verdict: 'bad',
      figures: { url },
      says: text(`${url} does not answer: UDP may be blocked here`, `${url} ne répond pas : l’UDP est peut-être bloqué ici`),
    }
  if ('why' in answer)
    return { check: 'STUN', verdict: 'bad', figures: { url }, says: text(`${url}: ${answer.why.en}`, `${url} : ${answer.why.fr}`) }
  const ms = Math.round(answer.ms)
  const at = `${answer.address}:${answer.port}`
  return {
    check: 'STUN',
    verdict: 'good',
    figures: { url, address: answer.address, port: answer.port, ms },
    says: text(`${url} sees us as ${at}, in ${ms} ms`, `${url} nous voit comme ${at}, en ${ms} ms`),
  }
}

/** RFC 4787 §4.1: one socket, several servers, one mapping or several. */
function natFinding(seen: readonly Mapped[]): Finding {
  const isSteady = new Set(seen.map(({ address, port }) => `${address} ${port}`)).size === 1
  return isSteady
    ? {
        check: 'NAT',
        verdict: 'good',
        figures: { steady: true },
        says: text(
          'keeps our port towards everybody: direct links are likely',
          'garde notre port envers tous : les liens directs sont probables',
        ),
      }
    : {
        check: 'NAT',
        verdict: 'weak',
        figures: { steady: false },
        says: text(
          'gives us another port for everybody: some links will stay relayed',
          'nous donne un port différent pour chacun : certains liens resteront relayés',
        ),
      }
}
