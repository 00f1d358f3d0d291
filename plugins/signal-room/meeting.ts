import type { Log } from '@palabre/sdk/contract/log'
import type { Meeting } from '@palabre/sdk/contract/signal'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { signalWire } from '@palabre/sdk/contract/signal-wire'
import { cellRoom, openCell, sealCell } from './cell.ts'
import { faults } from './faults.ts'
import type { Line, RoomNews } from './line.ts'
import type { RoomKeys } from './room-names.ts'

/** A room in which both are. What the room says is to be handed to `hear`, from the moment they met. */
export interface HeldMeeting {
  readonly meeting: Meeting
  hear(news: RoomNews): void
}

export interface MeetingSources {
  readonly line: Pick<Line, 'pass' | 'leave'>
  readonly room: RoomKeys
  readonly role: 'waiter' | 'visitor'
  readonly primitives: Primitives
  readonly log: Log
  /** The server, for the log. */
  readonly url: string
  /** The room is left, by whomever. */
  onEnd(): void
}

export function holdMeeting({ line, room, role, primitives, log, url, onEnd }: MeetingSources): HeldMeeting {
  const [out, into] = role === 'waiter' ? [room.toVisitor, room.toWaiter] : [room.toWaiter, room.toVisitor]
  const unread: Uint8Array[] = []
  const end: { reached: boolean; error?: Error | undefined } = { reached: false }
  let [sent, heard] = [0, 0]
  let wake: (() => void) | undefined

  const finish = (error?: Error) => {
    if (end.reached) return
    end.reached = true
    end.error = error
    line.leave(room.name)
    wake?.()
    onEnd()
  }

  return {
    hear(news) {
      if (news.kind === 'over' || news.kind === 'refused') return finish()
      if (news.kind !== 'cell' || end.reached) return
      const bytes = openCell(primitives, into, heard++, news.sealed)
      if (bytes === undefined) {
        log.warn('what a server of rooms passed on is not what was said; the meeting is over', { server: url })
        return finish(faults.altered())
      }
      unread.push(bytes)
      wake?.()
    },
    meeting: {
      send(bytes) {
        if (end.reached) throw faults.over()
        if (sent + Math.ceil(bytes.length / cellRoom) > signalWire.cells) throw faults.tooMuch()
        for (let at = 0; at < bytes.length; at += cellRoom)
          line.pass(room.name, sealCell(primitives, out, sent++, bytes.subarray(at, at + cellRoom)))
      },
      bytes: {
        async *[Symbol.asyncIterator]() {
          for (;;) {
            yield* unread.splice(0)
            if (unread.length > 0) continue
            if (end.error !== undefined) throw end.error
            if (end.reached) return
            await new Promise<void>((resolve) => (wake = resolve))
          }
        },
      },
      close: () => finish(),
    },
  }
}
