import { isPalabreError, messageOf, plural, text, type Text } from '@palabre/sdk'
import type { Network } from '@palabre/sdk/contract/network'
import type { Resolver } from '@palabre/sdk/contract/resolver'
import { withoutResolver } from '#ask-servers'
import type { Finding } from './finding.ts'
import { throughput } from './throughput.ts'

/** What is asked is what was configured; a check without that says so and asks nobody. */

/** A word of the address that only this road has, the special before the general. */
const roads = [
  ['hyperdht', '/palabre/hyperdht'],
  ['relay', '/p2p-circuit'],
  ['quic', '/quic-v1'],
  ['webrtc-direct', '/webrtc-direct'],
  ['websocket', '/ws'],
  ['tcp', '/tcp/'],
] as const

export function checkTransports(names: readonly string[], addresses: readonly string[]): Finding[] {
  if (names.length === 0)
    return [
      {
        check: 'transports',
        verdict: 'bad',
        says: text('none is on: nobody can be reached', 'aucun n’est activé : personne n’est joignable'),
      },
    ]
  const roadOf = (address: string) =>
    address.includes('/p2p-circuit/webrtc') ? 'webrtc' : roads.find(([, word]) => address.includes(word))?.[0]
  return names.map((name) => {
    const count = addresses.filter((address) => roadOf(address) === name).length
    const figures = { addresses: count }
    return count > 0
      ? {
          check: name,
          verdict: 'good',
          figures,
          says: plural(count, {
            en: { one: 'on; others can reach us at # address', other: 'on; others can reach us at # addresses' },
            fr: { one: 'activé ; on peut nous joindre à # adresse', other: 'activé ; on peut nous joindre à # adresses' },
          }),
        }
      : {
          check: name,
          verdict: 'weak',
          figures,
          says: text('on, for calls from here only', 'activé, seulement pour les appels d’ici'),
        }
  })
}

type Names = Iterable<Resolver>

/** Looks up what the configuration names, or what the person asks for, by each resolver that is on. */
export async function checkNames(names: Names, hosts: readonly string[], signal: AbortSignal): Promise<Finding[]> {
  const all = [...names]
  if (all.length === 0)
    return [
      {
        check: 'DNS',
        verdict: 'off',
        says: withoutResolver,
      },
    ]
  if (hosts.length === 0)
    return [
      {
        check: 'DNS',
        verdict: 'off',
        says: text('no name is configured to be looked up', 'aucun nom à chercher n’est configuré'),
      },
    ]
  const tried = all.flatMap((resolver) => hosts.map((host) => [resolver, host] as const))
  return Promise.all(
    tried.map(async ([resolver, host]): Promise<Finding> => {
      const begun = performance.now()
      const figures = { resolver: resolver.name, name: host }
      try {
        const found = await resolver.addresses(host, { signal })
        const ms = Math.round(performance.now() - begun)
        const list = found.map(({ address }) => address)
        return {
          check: 'DNS',
          verdict: list.length > 0 ? 'good' : 'weak',
          figures: { ...figures, addresses: list, ms },
          says: text(
            `${resolver.name} finds ${list.length} addresses of ${host} in ${ms} ms`,
            `${resolver.name} trouve ${list.length} adresses de ${host} en ${ms} ms`,
          ),
        }
      } catch (error) {
        signal.throwIfAborted()
        return { check: 'DNS', verdict: 'bad', figures, says: wordsOf(error) }
      }
    }),
  )
}

export async function checkThroughput(
  network: Network,
  peer: readonly string[] | undefined,
  megabytes: number,
  signal: AbortSignal,
): Promise<Finding[]> {
  if (peer === undefined)
    return [
      {
        check: 'throughput',
        verdict: 'off',
        says: text('measured when a peer is named', 'mesuré quand un pair est nommé'),
      },
    ]
  const link = await network.dial(peer, { signal })
  const rtt = Math.round((await link.rtt({ signal })) * 1000) / 1000
  const path: Finding = {
    check: 'peer',
    verdict: 'good',
    figures: { path: link.path.kind, transport: link.path.transport, rtt_ms: rtt },
    says: text(
      `reached by ${link.path.transport} (${link.path.kind}), ${rtt.toFixed(1)} ms`,
      `joint par ${link.path.transport} (${link.path.kind}), ${rtt.toFixed(1)} ms`,
    ),
  }
  try {
    const rate = Math.round((await throughput(network, link.peer, megabytes, signal)) * 10) / 10
    return [
      path,
      {
        check: 'throughput',
        verdict: 'good',
        figures: { megabytes, megabytes_per_s: rate },
        says: text(`${rate} MB/s to the peer`, `${rate} Mo/s vers le pair`),
      },
    ]
  } catch (error) {
    signal.throwIfAborted()
    if (isPalabreError(error) && error.code === 'wrong-version') return [path, notThere]
    return [path, { check: 'throughput', verdict: 'bad', says: wordsOf(error) }]
  }
}

const notThere: Finding = {
  check: 'throughput',
  verdict: 'off',
  says: text(
    'the other side measures none: network-diagnostics does not run there',
    'l’autre côté n’en mesure aucun : network-diagnostics n’y fonctionne pas',
  ),
}

export const wordsOf = (error: unknown): Text => (isPalabreError(error) ? error.text : text(messageOf(error), messageOf(error)))
