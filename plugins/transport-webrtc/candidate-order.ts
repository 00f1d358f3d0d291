import type { IceCandidate } from '@palabre/sdk/contract/ice'

/** RFC 8445 §5.1.2.2, recommended: our own address before a mapped one, a relay's last. */
const typePreference = { host: 126, prflx: 110, srflx: 100, relay: 0 } as const

/** §5.1.2.1. The local preference tells addresses of one type apart (65535 where there is one), the component is 1 for data. */
export function priorityOf(type: IceCandidate['type'], localPreference = 65_535, component = 1): number {
  return 2 ** 24 * typePreference[type] + 2 ** 8 * localPreference + (256 - component)
}

/** The preferred first; of equals UDP before TCP, and else as they came. */
export function inCandidateOrder(candidates: readonly IceCandidate[]): IceCandidate[] {
  return candidates.toSorted((a, b) => b.priority - a.priority || Number(a.protocol === 'tcp') - Number(b.protocol === 'tcp'))
}

/**
 * A line `candidate:…` of an SDP (RFC 8839 §5.1); `undefined` for what is none, or of a type that we do not know. A priority that
 * cannot be is replaced by the one of its type.
 */
export function readCandidate(line: string): IceCandidate | undefined {
  const parts =
    /^(?:a=)?candidate:\S{1,32} (\d{1,3}) (udp|tcp) (\d{1,10}) (\S{1,256}) (\d{1,5}) typ (host|srflx|prflx|relay)(?: |$)/i.exec(
      line,
    )
  if (parts === null) return undefined
  const [, component = '', protocol = '', said = '', address = '', port = '', kind = ''] = parts
  const type = kind.toLowerCase() as IceCandidate['type']
  const isPossible = Number(said) > 0 && Number(said) < 2 ** 31
  if (Number(port) > 65_535) return undefined
  return {
    type,
    protocol: protocol.toLowerCase() as IceCandidate['protocol'],
    address,
    port: Number(port),
    priority: isPossible ? Number(said) : priorityOf(type, 0, Number(component)),
  }
}

/** All that a description (SDP) tells. */
export function candidatesIn(description: string): IceCandidate[] {
  return description.split(/\r?\n/).flatMap((line) => readCandidate(line) ?? [])
}
