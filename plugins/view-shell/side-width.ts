import type { Face } from '@palabre/sdk/contract/face'

/** How wide the list beside a panel may be, in rem. */
export const sideRange = { least: 13, most: 32 } as const

const key = 'side-width'

/** As the person chose it; undefined while they have not, and where nobody can have chosen it. */
export function keptSide(face: Pick<Face, 'kept'>): number | undefined {
  const kept = Number(face.kept(key))
  return kept === within(kept) ? kept : undefined
}

/** Undefined: as usual. */
export function keepSide(face: Pick<Face, 'keep'>, wanted: number | undefined): void {
  face.keep(key, wanted === undefined ? '' : String(Math.round(within(wanted) * 100) / 100))
}

export function within(rem: number): number {
  return Math.min(sideRange.most, Math.max(sideRange.least, rem))
}
