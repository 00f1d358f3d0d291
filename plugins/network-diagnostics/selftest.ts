import { PalabreError, text } from '@palabre/sdk'
import type { CommandContext, Reply } from '@palabre/sdk/contract/command'
import type { Ice } from '@palabre/sdk/contract/ice'
import { wordsOf } from './checks.ts'
import { checkStun } from './check-stun.ts'
import type { Parts } from './diagnostics.ts'
import { findingReply, type Finding } from './finding.ts'

/** What WebRTC needs, from its settings to a channel that carries bytes, on this machine alone but for the servers of the settings. */
export async function* selftest(
  { network, transports, resolvers, ice: { current: ice } }: Parts,
  { signal }: CommandContext,
): AsyncGenerator<Reply> {
  if (ice === undefined) throw isOff()
  await network.ready()
  const failed: string[] = []
  const tell = (finding: Finding) => {
    if (finding.verdict === 'bad') failed.push(finding.check)
    return findingReply(finding)
  }
  yield tell(
    configuration(
      ice,
      [...transports].map(({ name }) => name),
      [...resolvers].map(({ name }) => name),
    ),
  )
  for (const finding of await checkStun(ice.config.stun, resolvers, signal)) yield tell(finding)
  yield tell(await candidates(ice, signal))
  for (const finding of await loopback(ice, signal)) yield tell(finding)
  if (failed.length > 0) throw hasFailed(failed)
}

/** Secrets stay out of it. */
function configuration({ config }: Ice, transports: readonly string[], resolvers: readonly string[]): Finding {
  const turn = config.turn.map(({ url }) => url)
  const list = (names: readonly string[], none: string) => names.join(', ') || none
  return {
    check: 'configuration',
    verdict: 'good',
    figures: { stun: config.stun, turn, transports, resolvers },
    says: text(
      `STUN ${list(config.stun, 'none')}; TURN ${list(turn, 'none')}; transports ${list(transports, 'none')}; resolvers ${list(resolvers, 'none')}`,
      `STUN ${list(config.stun, 'aucun')} ; TURN ${list(turn, 'aucun')} ; transports ${list(transports, 'aucun')} ; résolveurs ${list(resolvers, 'aucun')}`,
    ),
  }
}

async function candidates(ice: Ice, signal: AbortSignal): Promise<Finding> {
  const found = await ice.gather({ signal }).catch((error: unknown) => error)
  signal.throwIfAborted()
  if (!Array.isArray(found)) return { check: 'candidates', verdict: 'bad', says: wordsOf(found) }
  const types = [...new Set(found.map(({ type }) => String(type)))].join(', ')
  return {
    check: 'candidates',
    verdict: found.length > 0 ? 'good' : 'bad',
    figures: { candidates: found },
    says: text(`${found.length}${types && ` (${types})`}`, `${found.length}${types && ` (${types})`}`),
  }
}

/** From here to here, by the same steps as to anybody. */
async function loopback(ice: Ice, signal: AbortSignal): Promise<Finding[]> {
  try {
    using offer = await ice.offer({ signal })
    using answer = await ice.answer(offer.description, { signal })
    const [mine, theirs] = await Promise.all([offer.accept(answer.description, { signal }), answer.channel({ signal })])
    using near = mine
    using _far = theirs
    const ms = Math.round((await near.rtt({ signal })) * 1000) / 1000
    return [
      {
        check: 'loopback',
        verdict: 'good',
        says: text('a data channel to ourselves is open', 'un canal de données vers nous-mêmes est ouvert'),
      },
      { check: 'rtt', verdict: 'good', figures: { rtt_ms: ms }, says: text(`${ms} ms`, `${ms} ms`) },
    ]
  } catch (error) {
    signal.throwIfAborted()
    return [{ check: 'loopback', verdict: 'bad', says: wordsOf(error) }]
  }
}

function isOff(): PalabreError {
  return new PalabreError('switched-off', text('transport-webrtc is switched off', 'transport-webrtc est désactivé'), {
    todo: text('Switch it on: palabre plugins enable transport-webrtc', 'Activez-le : palabre plugins enable transport-webrtc'),
  })
}

function hasFailed(checks: readonly string[]): PalabreError {
  const names = [...new Set(checks)].join(', ')
  return new PalabreError('unreachable', text(`not everything works: ${names}`, `tout ne fonctionne pas : ${names}`), {
    todo: text(
      'Look at the lines marked ✗; palabre net diagnostics tells more.',
      'Voyez les lignes marquées ✗ ; palabre net diagnostics en dit plus.',
    ),
  })
}
