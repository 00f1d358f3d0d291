import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import type { Meeting } from '@palabre/sdk/contract/signal'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { limits } from './limits.ts'
import type { Line, RoomNews } from './line.ts'
import { holdMeeting, type HeldMeeting } from './meeting.ts'
import { roomOf, turnsOf } from './room-names.ts'

export interface WaitSources {
  readonly primitives: Primitives
  readonly clock: Clock
  readonly log: Log
  readonly line: Line
  /** What the secret's rooms at this server are derived from, beside the secret. */
  readonly url: string
  readonly secret: Uint8Array
  /** Nobody is waited for any more. */
  readonly signal: AbortSignal
  came(meeting: Meeting): void
  /** A meeting has begun, which needs the line until it has ended. */
  begun(): void
  ended(): void
}

/** Waits in one room after the other, until the signal aborts or the line closes. Never rejects. */
export async function waitInTurn({
  primitives,
  clock,
  log,
  line,
  url,
  secret,
  signal,
  came,
  begun,
  ended,
}: WaitSources): Promise<void> {
  const turns = turnsOf(primitives, secret, url)
  const waitedIn = new Set<Uint8Array>()
  const over = new AbortController()
  void line.closed.then(() => over.abort())
  const stopped = AbortSignal.any([signal, over.signal])

  let turn = turns.at(line.now())
  while (!stopped.aborted) {
    waitIn(turn, 0)
    turn++
    const untilNext = turns.begins(turn) - limits.lead - line.now()
    await clock.sleep(Math.max(untilNext, 0), stopped).catch(() => undefined)
  }
  for (const room of waitedIn) line.leave(room)

  function waitIn(when: number, attempt: number): void {
    if (attempt >= limits.attempts || stopped.aborted) return
    const room = roomOf(primitives, secret, url, when, attempt)
    let held: HeldMeeting | undefined
    waitedIn.add(room.name)
    const hear = (news: RoomNews) => {
      if (held !== undefined) return held.hear(news)
      if (news.kind === 'waiting') return
      waitedIn.delete(room.name)
      if (news.kind === 'met') {
        begun()
        held = holdMeeting({ line, room, role: 'waiter', primitives, log, url, onEnd: ended })
        came(held.meeting)
        waitIn(when, attempt + 1)
      } else if (news.kind === 'refused' && news.reason === 'used') waitIn(when, attempt + 1)
    }
    line.enter('wait', room.name, hear)
  }
}
