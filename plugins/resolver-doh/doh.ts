import { PalabreError, createGate, messageOf, text } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { HostAddress, Resolver } from '@palabre/sdk/contract/resolver'
import { createAnswerCache } from './answer-cache.ts'
import { ask, checkServer } from './ask.ts'
import { limits } from './limits.ts'
import { addressOf, kinds, labelsOf, textOf, type Answer, type Kind } from './message.ts'

export interface DohOptions {
  /** In the order in which to ask them. */
  readonly servers: readonly string[]
  /** Milliseconds until the next one is asked. */
  readonly timeout: number
  readonly clock: Clock
  /** Aborted when no more must be asked. */
  readonly signal: AbortSignal
}

/** DNS over HTTPS (RFC 8484). The servers are named by address, so that nothing is asked of anybody else. */
export function doh({ servers, timeout, clock, signal: over }: DohOptions): Resolver {
  const urls = servers.map(checkServer)
  const cache = createAnswerCache(clock)
  const gate = createGate(limits.atOnce)

  /** The records of a name; throws `peer-unknown` when there is no such name. */
  async function look(host: string, kind: Kind, given: AbortSignal | undefined): Promise<readonly Uint8Array[]> {
    const labels = labelsOf(host)
    if (labels === undefined) throw faults.notAName(host)
    const isPrivate = staysHere(labels)
    if (isPrivate) throw faults.isPrivate(host)
    const signal = given === undefined ? over : AbortSignal.any([given, over])
    if (signal.aborted) throw faults.cancelled(signal)
    const answer = await cache.get(`${kind} ${labels.join('.')}`, () => gate(() => askAll(labels, kind), over), signal)
    if (answer === 'cancelled') throw faults.cancelled(signal)
    if (answer.code === 3) throw faults.noSuchName(host)
    return answer.records
  }

  async function askAll(labels: readonly string[], kind: Kind): Promise<Answer> {
    let late = false
    const reasons: string[] = []
    for (const url of urls) {
      if (over.aborted) break
      try {
        return await ask(url, labels, kind, timeout, over)
      } catch (error) {
        late = error instanceof DOMException && error.name === 'TimeoutError'
        reasons.push(`${url.host}: ${late ? `no answer in ${timeout} ms` : messageOf(error)}`)
      }
    }
    throw over.aborted ? faults.cancelled(over) : faults.nobodyAnswers(labels.join('.'), reasons, late)
  }

  return {
    name: 'doh',
    rank: 10,
    async addresses(host, { family, signal } = {}) {
      const wanted: Kind[] = family === 4 ? [kinds.a] : family === 6 ? [kinds.aaaa] : [kinds.aaaa, kinds.a]
      const found = await Promise.all(wanted.map((kind) => look(host, kind, signal)))
      return found.flat().flatMap((data): HostAddress[] => {
        const address = addressOf(data)
        return address === undefined ? [] : [{ address, family: data.length === 4 ? 4 : 6 }]
      })
    },
    texts: async (name, { signal } = {}) => (await look(name, kinds.txt, signal)).map(textOf),
  }
}

/** RFC 6761, 6762, 7686, 8375: names that mean something on this machine, this network or another one, and nothing to a server. */
const privateEnds = [
  'local',
  'localhost',
  'onion',
  'internal',
  'intranet',
  'lan',
  'home',
  'private',
  'corp',
  'i2p',
  'test',
  'invalid',
]

function staysHere(labels: readonly string[]): boolean {
  return labels.length < 2 || privateEnds.includes(labels.at(-1)!) || labels.slice(-2).join('.') === 'home.arpa'
}

const faults = {
  notAName: (host: string) =>
    new PalabreError('bad-argument', text(`not a host name: ${host}`, `ce n’est pas un nom d’hôte : ${host}`)),
  isPrivate: (host: string) =>
    new PalabreError(
      'peer-unknown',
      text(
        `${host} is a private name, which no server outside is asked for`,
        `${host} est un nom privé, qu’on ne demande à aucun serveur extérieur`,
      ),
      { todo: text('Use an address instead of the name.', 'Utilisez une adresse à la place du nom.') },
    ),
  noSuchName: (host: string) =>
    new PalabreError('peer-unknown', text(`there is no host ${host}`, `il n’existe pas d’hôte ${host}`)),
  nobodyAnswers: (host: string, reasons: readonly string[], late: boolean) =>
    new PalabreError(
      late ? 'timed-out' : 'unreachable',
      text(
        `nobody could be asked for ${host} (${reasons.join('; ')})`,
        `personne n’a pu être interrogé sur ${host} (${reasons.join(' ; ')})`,
      ),
      {
        todo: text(
          'Is the network there? Others to ask are named under resolver-doh, servers.',
          'Le réseau est-il là ? D’autres serveurs se nomment sous resolver-doh, servers.',
        ),
      },
    ),
  cancelled: ({ reason }: AbortSignal) =>
    new PalabreError('cancelled', text('the look-up was given up', 'la recherche du nom a été abandonnée'), { cause: reason }),
}
