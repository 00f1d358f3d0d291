import type { IceCandidate } from '@palabre/sdk/contract/ice'
import { priorityOf } from './candidate-order.ts'

export interface SelectedPair {
  readonly local: IceCandidate
  readonly remote: IceCandidate
}

/** What browsers and Node's library have in common. */
export interface StatsSource {
  getStats(): Promise<unknown>
}

type Stat = Readonly<Record<string, unknown>>

/** Which candidates carry a connection that stands, from its statistics. An address that the browser hides is the empty text. */
export async function selectedPair(source: StatsSource): Promise<SelectedPair | undefined> {
  const stats = await readStats(source)
  const chosen = [...stats.values()].find(({ type }) => type === 'transport')?.['selectedCandidatePairId']
  const pairs = [...stats.values()].filter(({ type }) => type === 'candidate-pair')
  const pair =
    pairs.find(({ id }) => id === chosen) ?? pairs.find(({ nominated, state }) => nominated === true && state === 'succeeded')
  const local = toCandidate(stats.get(String(pair?.['localCandidateId'])))
  const remote = toCandidate(stats.get(String(pair?.['remoteCandidateId'])))
  return local === undefined || remote === undefined ? undefined : { local, remote }
}

async function readStats(source: StatsSource): Promise<Map<string, Stat>> {
  const report = await source.getStats().catch(() => undefined)
  const stats = new Map<string, Stat>()
  if (report === null || typeof report !== 'object' || !('forEach' in report)) return stats
  ;(report as Map<string, Stat>).forEach((stat, id) => stats.set(id, stat))
  return stats
}

function toCandidate(stat: Stat | undefined): IceCandidate | undefined {
  if (stat === undefined) return undefined
  const { port, candidateType, protocol, priority } = stat
  const address = stat['address'] ?? stat['ip']
  const type = isType(candidateType) ? candidateType : 'host'
  return {
    type,
    protocol: protocol === 'tcp' ? 'tcp' : 'udp',
    address: typeof address === 'string' && /^[\w.:-]{1,256}$/.test(address) ? address : '',
    port: typeof port === 'number' ? port : 0,
    priority: typeof priority === 'number' ? priority : priorityOf(type),
  }
}

const isType = (value: unknown): value is IceCandidate['type'] => ['host', 'srflx', 'prflx', 'relay'].includes(String(value))
