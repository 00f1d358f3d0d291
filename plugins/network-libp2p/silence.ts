import type { Clock } from '@palabre/sdk/contract/clock'
import { limits } from './limits.ts'

/** Whether the other end can still be heard: asks when it has been quiet, then doubts the road, then gives it up. */
export interface Silence {
  /** Something came. */
  heard(): void
  /** Our question was answered. */
  answered(): void
  /** Called now and then while there is a lane. */
  mind(isSending: boolean): void
  /** The road may be gone without a word: asks now, and doubts it sooner. */
  suspect(): void
  /** A lane begins, or there is none. */
  restart(): void
  /** For how long our question has had no answer, in milliseconds. */
  readonly unanswered: number
}

export interface SilenceSources {
  readonly clock: Clock
  ask(): void
  /** No answer yet: another road may be looked for beside this one. `suspected` is false when nothing but the silence says so. */
  doubt(suspected: boolean): void
  giveUp(): void
}

export function createSilence({ clock, ask, doubt, giveUp }: SilenceSources): Silence {
  let last = clock.monotonic()
  let asked: { readonly since: number; readonly over: AbortController } | undefined
  let roundTrip = 0

  const restart = () => {
    asked?.over.abort()
    asked = undefined
    last = clock.monotonic()
  }

  const question = (suspected: boolean) => {
    ask()
    if (asked !== undefined) return
    asked = { since: clock.monotonic(), over: new AbortController() }
    const patience = Math.max(suspected ? limits.answerWhenSuspected : limits.answerSoon, 2 * roundTrip)
    wait(patience, asked.over.signal).then(
      () => doubt(suspected),
      () => undefined,
    )
  }

  /** In two halves: a busy machine tells us that the time is over before it hands on what came meanwhile. */
  async function wait(ms: number, signal: AbortSignal): Promise<void> {
    await clock.sleep(ms / 2, signal)
    await clock.sleep(ms / 2, signal)
  }

  return {
    heard: restart,
    answered() {
      if (asked !== undefined) roundTrip = clock.monotonic() - asked.since
    },
    mind(isSending) {
      const now = clock.monotonic()
      if (asked !== undefined && now - asked.since >= limits.answer) giveUp()
      else if (now - last >= (isSending ? limits.quietWhileSending : limits.quiet)) question(false)
    },
    suspect: () => question(true),
    restart,
    get unanswered() {
      return asked === undefined ? 0 : clock.monotonic() - asked.since
    },
  }
}
