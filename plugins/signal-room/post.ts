import { messageOf } from '@palabre/sdk'
import type { Log } from '@palabre/sdk/contract/log'
import type { Meeting } from '@palabre/sdk/contract/signal'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { limits } from './limits.ts'
import { openLine, type Line, type LineSources } from './line.ts'
import { waitInTurn } from './wait.ts'

/** All our waiting at one server, through one socket, which closes as soon as nobody is waited for or met. */
export interface Post {
  wait(secret: Uint8Array, came: (meeting: Meeting) => void): Disposable
}

export interface PostSources extends Omit<LineSources, 'signal'> {
  readonly primitives: Primitives
  readonly log: Log
}

interface Waiting {
  readonly secret: Uint8Array
  readonly quit: AbortController
  came(meeting: Meeting): void
}

export function createPost(sources: PostSources): Post {
  const { url, clock, primitives, log, stopped } = sources
  const waitings = new Set<Waiting>()
  let line: Line | undefined
  let keeping = false
  let meetings = 0
  let idle = new AbortController()

  const begin = (one: Waiting, on: Line) =>
    void waitInTurn({
      primitives,
      clock,
      log,
      line: on,
      url,
      secret: one.secret,
      signal: AbortSignal.any([stopped, one.quit.signal]),
      came: one.came,
      begun: () => void meetings++,
      ended() {
        meetings--
        closeWhenIdle()
      },
    })

  const closeWhenIdle = () => {
    if (waitings.size > 0 || meetings > 0) return
    idle.abort()
    line?.close()
  }

  /** Has a line for as long as somebody is waited for. */
  async function keep(): Promise<void> {
    if (keeping) return
    keeping = true
    let rest: number = limits.firstRest
    while (waitings.size > 0 && !stopped.aborted) {
      idle = new AbortController()
      const until = AbortSignal.any([stopped, idle.signal])
      try {
        line = await openLine({ ...sources, signal: until })
        rest = limits.firstRest
        for (const one of waitings) begin(one, line)
        await line.closed
      } catch (error) {
        if (!until.aborted) log.info('no room to wait in', { server: url, reason: messageOf(error) })
      }
      line = undefined
      meetings = 0
      await clock.sleep(rest * (0.75 + Math.random() / 2), until).catch(() => undefined)
      rest = Math.min(rest * 2, limits.longestRest)
    }
    keeping = false
  }

  return {
    wait(secret, came) {
      const one: Waiting = { secret, came, quit: new AbortController() }
      waitings.add(one)
      if (line !== undefined) begin(one, line)
      void keep()
      return {
        [Symbol.dispose]() {
          waitings.delete(one)
          one.quit.abort()
          closeWhenIdle()
        },
      }
    },
  }
}
