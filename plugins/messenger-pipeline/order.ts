import { limits } from './limits.ts'
import type { Heard } from './peer-state.ts'

/** Where a number stands in what we have heard of its numbering. A new numbering begins at zero. */
export function turnOf(heard: readonly Heard[], epoch: number, number: number): 'now' | 'past' | 'ahead' {
  const next = heard.find((one) => one.epoch === epoch)?.next ?? 0
  if (number === next) return 'now'
  return number < next ? 'past' : 'ahead'
}

/** Whether its author has begun another since: numberings grow. */
export function isGivenUp(heard: readonly Heard[], epoch: number): boolean {
  return heard.some((one) => one.epoch > epoch)
}

/** The numbering moved on to `next`; it becomes the newest, and the oldest is forgotten. */
export function moveOn(heard: readonly Heard[], epoch: number, next: number): readonly Heard[] {
  return [{ epoch, next }, ...heard.filter((one) => one.epoch !== epoch)].slice(0, limits.epochs)
}
