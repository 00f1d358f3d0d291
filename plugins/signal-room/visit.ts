import type { Log } from '@palabre/sdk/contract/log'
import type { Meeting } from '@palabre/sdk/contract/signal'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { faults } from './faults.ts'
import { limits } from './limits.ts'
import { openLine, type Line, type LineSources, type RoomNews } from './line.ts'
import { holdMeeting, type HeldMeeting } from './meeting.ts'
import { roomOf, turnsOf } from './room-names.ts'

export interface VisitSources extends LineSources {
  readonly primitives: Primitives
  readonly log: Log
  readonly secret: Uint8Array
}

/** Goes to the room of this moment, by a socket that closes with the meeting. Fails as `Signal.visit` says. */
export async function visit(sources: VisitSources): Promise<Meeting> {
  const { primitives, log, secret, url } = sources
  const line = await openLine(sources)
  try {
    const turn = turnsOf(primitives, secret, url).at(line.now())
    for (let attempt = 0; attempt < limits.attempts; attempt++) {
      const meeting = await enter(line, turn, attempt)
      if (meeting !== 'used') return meeting
    }
    throw faults.nobody()
  } catch (error) {
    line.close()
    throw error
  }

  function enter(on: Line, turn: number, attempt: number): Promise<Meeting | 'used'> {
    const room = roomOf(primitives, secret, url, turn, attempt)
    let held: HeldMeeting | undefined
    return decided(sources, (settle, fail) => {
      const ear = (news: RoomNews) => {
        if (held !== undefined) return held.hear(news)
        if (news.kind === 'met') {
          held = holdMeeting({ line: on, room, role: 'visitor', primitives, log, url, onEnd: () => on.close() })
          settle(held.meeting)
        } else if (news.kind !== 'refused') fail(faults.unreachable(url))
        else if (news.reason === 'used') settle('used')
        else fail(news.reason === 'nobody' ? faults.nobody() : faults.full())
      }
      on.enter('visit', room.name, ear)
    })
  }
}

/** What is decided within the time that a server has to answer. */
function decided<T>(
  { clock, signal, url }: Pick<VisitSources, 'clock' | 'signal' | 'url'>,
  begin: (settle: (value: T) => void, fail: (error: unknown) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const over = new AbortController()
    const settling =
      <V>(outcome: (value: V) => void) =>
      (value: V) => {
        over.abort()
        outcome(value)
      }
    clock.sleep(limits.entering, AbortSignal.any([signal, over.signal])).then(
      () => reject(faults.timedOut(url)),
      () => reject(faults.cancelled(signal.reason)),
    )
    begin(settling(resolve), settling(reject))
  })
}
