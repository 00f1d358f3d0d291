/** How long messages may be read, in seconds, as a person chooses it; 0: for ever. */
const fuses: readonly number[] = [0, 30, 300, 3_600, 86_400, 604_800, 2_419_200]

/** The choices with the one that stands, which may have been made elsewhere. */
export function fusesWith(now: number): readonly number[] {
  return fuses.includes(now) ? fuses : [...fuses, now].toSorted((a, b) => a - b)
}
