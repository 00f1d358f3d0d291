import type { CommandContext, Reply } from '@palabre/sdk/contract/command'
import type { Ice, IceCandidate } from '@palabre/sdk/contract/ice'
import type { Network } from '@palabre/sdk/contract/network'
import type { Resolver } from '@palabre/sdk/contract/resolver'
import type { Transport } from '@palabre/sdk/contract/transport'
import { plural, text } from '@palabre/sdk'
import { checkNames, checkThroughput, checkTransports, wordsOf } from './checks.ts'
import { checkStun } from './check-stun.ts'
import { checkTurn } from './check-turn.ts'
import { findingReply, type Finding } from './finding.ts'
import { readServer } from './server-name.ts'

export interface Parts {
  readonly network: Network
  readonly transports: Iterable<Transport>
  readonly resolvers: Iterable<Resolver>
  /** While transport-webrtc is on. */
  readonly ice: { readonly current: Ice | undefined }
}

export interface DiagnosticsArgs {
  readonly peer?: readonly string[]
  readonly name?: readonly string[]
  readonly megabytes: number
}

/** Looks at each part in turn and says what it means. Only servers that stand in the settings are asked. */
export async function* diagnostics(parts: Parts, args: DiagnosticsArgs, { signal }: CommandContext): AsyncGenerator<Reply> {
  const { network, transports, resolvers, ice } = parts
  await network.ready()
  yield* told(
    checkTransports(
      [...transports].map(({ name }) => name),
      network.addresses(),
    ),
  )
  const config = ice.current?.config ?? { stun: [], turn: [] }
  yield* told(await checkStun(config.stun, resolvers, signal))
  yield* told(await checkIce(ice.current, resolvers, signal))
  const named = [...config.stun, ...config.turn.map(({ url }) => url)].map(readServer).filter((one) => one?.isName === true)
  yield* told(await checkNames(resolvers, [...new Set([...(args.name ?? []), ...named.map((one) => one!.host)])], signal))
  yield* told(await checkThroughput(network, args.peer, args.megabytes, signal))
}

async function checkIce(ice: Ice | undefined, names: Iterable<Resolver>, signal: AbortSignal): Promise<Finding[]> {
  if (ice === undefined)
    return [{ check: 'WebRTC', verdict: 'off', says: text('transport-webrtc is switched off', 'transport-webrtc est désactivé') }]
  let candidates: readonly IceCandidate[]
  try {
    candidates = await ice.gather({ signal })
  } catch (error) {
    signal.throwIfAborted()
    return [{ check: 'WebRTC', verdict: 'bad', says: wordsOf(error) }]
  }
  const figures = { candidates: candidates.length }
  const found: Finding =
    candidates.length > 0
      ? {
          check: 'WebRTC',
          verdict: 'good',
          figures,
          says: plural(candidates.length, {
            en: { one: '# way to reach us', other: '# ways to reach us' },
            fr: { one: '# façon de nous joindre', other: '# façons de nous joindre' },
          }),
        }
      : {
          check: 'WebRTC',
          verdict: 'bad',
          figures,
          says: text('no way to reach us: is there a network?', 'aucune façon de nous joindre : y a-t-il un réseau ?'),
        }
  return [found, ...(await checkTurn(ice, names, signal))]
}

function* told(findings: readonly Finding[]): Generator<Reply> {
  for (const finding of findings) yield findingReply(finding)
}
