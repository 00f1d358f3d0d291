import { holdPlace, isNearEnd, type HeldPlace } from './scrolling.ts'
import type { Talk } from './talk.ts'

/** Where the person reads: at the end, which is followed, or somewhere that must not move under their eyes. */
export interface ReadingPlace {
  readonly isAtEnd: boolean
  /** Far enough from the end that a way back is offered. */
  readonly isAway: boolean
  goToEnd(): void
  /** They are led somewhere else: nothing is held. */
  leave(): void
  /** Before the lines change. */
  hold(log: HTMLElement): void
  /** After they have changed. */
  settle(log: HTMLElement, talk: Talk): void
  scrolled(log: HTMLElement, talk: Talk): void
}

/** How near to an end of what is held more is fetched, in pixels. */
const nearPx = 600

export function createReadingPlace(): ReadingPlace {
  let held: HeldPlace | undefined
  let isAtEnd = true
  let isAway = false
  return {
    get isAtEnd() {
      return isAtEnd
    },
    get isAway() {
      return isAway
    },
    goToEnd() {
      isAtEnd = true
      isAway = false
    },
    leave() {
      isAtEnd = false
      held = undefined
    },
    hold(log) {
      held = isAtEnd ? undefined : holdPlace(log)
    },
    settle(log, talk) {
      if (isAtEnd) log.scrollTop = log.scrollHeight
      else held?.restore()
      held = undefined
      // One page may not fill the place there is.
      fetchMore(log, talk)
    },
    scrolled(log, talk) {
      const { hasEnd } = talk.now.stretch
      isAtEnd = hasEnd && isNearEnd(log)
      isAway = !isAtEnd && (!hasEnd || log.scrollHeight - log.scrollTop > log.clientHeight * 2)
      fetchMore(log, talk)
    },
  }
}

function fetchMore({ clientHeight, scrollHeight, scrollTop }: HTMLElement, talk: Talk): void {
  // Where nothing is shown there is no end of nearness.
  if (clientHeight === 0) return
  if (scrollTop < nearPx) void talk.older()
  else if (scrollHeight - scrollTop - clientHeight < nearPx) void talk.newer()
}
