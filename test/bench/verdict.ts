import type { Aim, Row } from './job.ts'
import { median } from './rounds.ts'

/** A row as it is judged: medians over its rounds, the ratio and the difference taken round by round. */
export interface Verdict {
  readonly ours: number
  readonly peer?: number
  readonly ratio?: number
  readonly met?: boolean
}

export function judge({ ours, peer, aim }: Row): Verdict {
  const sizes: Record<Aim['of'], number | undefined> = {
    ours: median(ours),
    ratio: peer && median(byRound(ours, peer.took, (one, other) => one / other)),
    more: peer && median(byRound(ours, peer.took, (one, other) => one - other)),
  }
  const judged = aim && sizes[aim.of]
  if (aim !== undefined && judged === undefined) throw new Error(`an aim of "${aim.of}" needs a peer`)
  return {
    ours: median(ours),
    ...(peer === undefined ? {} : { peer: median(peer.took), ratio: sizes.ratio! }),
    ...(aim === undefined ? {} : { met: judged! <= aim.atMost }),
  }
}

function byRound(ours: readonly number[], peer: readonly number[], compare: (one: number, other: number) => number): number[] {
  if (ours.length !== peer.length) throw new Error(`${ours.length} rounds of ours and ${peer.length} of the peer`)
  return ours.map((one, round) => compare(one, peer[round]!))
}
