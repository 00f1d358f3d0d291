import { PalabreError, text } from '@palabre/sdk'
import type { CommandRun, Reply } from '@palabre/sdk/contract/command'
import { limits } from './limits.ts'
import type { Timers } from './timers.ts'

/** One run of a command: what it is asked, and who may end it early. */
export interface Asked {
  readonly id: string
  readonly plugin: string
  /** Aborted when the caller no longer wants the answer. */
  readonly caller: AbortSignal | undefined
  /** Aborted when the plugin stops. */
  readonly stop: AbortSignal
  /** Runs plugin code under its name. */
  within<T>(fn: () => T): T
}

/**
 * Every reply as it comes. A command that is told to end may still finish what it is doing, in its own way but not in its own time:
 * its caller is not left waiting for a plugin that does not listen.
 */
export async function* answersOf<Args>(timers: Timers, run: CommandRun<Args>, args: Args, asked: Asked): AsyncGenerator<Reply> {
  asked.caller?.throwIfAborted()
  using patience = losePatience(timers, asked)
  const signal = asked.caller === undefined ? asked.stop : AbortSignal.any([asked.caller, asked.stop])
  const replies = repliesOf(asked, () => run(args, { signal }))
  try {
    while (true) {
      const { done, value } = await Promise.race([asked.within(() => replies.next()), patience.lost])
      if (done === true) return
      yield plain(asked, value)
    }
  } finally {
    const closing = Promise.resolve(asked.within(() => replies.return?.()))
    await Promise.race([closing, patience.lost]).catch(() => undefined)
  }
}

function repliesOf(asked: Asked, run: () => ReturnType<CommandRun<never>>): AsyncIterator<Reply> {
  const answer: unknown = asked.within(run)
  if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer)
    return (answer as AsyncIterable<Reply>)[Symbol.asyncIterator]()
  return (async function* () {
    yield await (answer as Promise<Reply>)
  })()
}

function plain({ id, plugin }: Asked, reply: unknown): Reply {
  if (typeof reply === 'object' && reply !== null && 'data' in reply) return reply as Reply
  throw new PalabreError(
    'plugin-failed',
    text(`"${id}" gave an answer that is no reply`, `« ${id} » a donné une réponse qui n’en est pas une`),
    {
      plugin,
      todo: text('Its author must return reply(data, text).', 'Son auteur doit renvoyer reply(data, text).'),
    },
  )
}

/** `lost` rejects some time after the caller has gone or the plugin was told to stop. */
function losePatience(timers: Timers, { id, plugin, caller, stop }: Asked): Disposable & { readonly lost: Promise<never> } {
  const over = new AbortController()
  const running: unknown[] = []
  const lost = new Promise<never>((_, reject) => {
    const after = (signal: AbortSignal | undefined, ms: number, why: () => Error) => {
      const wait = () => running.push(timers.setTimeout(() => reject(why()), ms))
      signal?.addEventListener('abort', wait, { once: true, signal: over.signal })
    }
    after(caller, limits.answer, () => cancelled(id, plugin, caller?.reason))
    // Stopping may be what the command is waiting for: that it switched its own plugin off is an answer.
    after(stop, limits.stop + limits.answer, () => cancelled(id, plugin, stop.reason))
  })
  lost.catch(() => undefined)
  return {
    lost,
    [Symbol.dispose]() {
      over.abort()
      for (const timer of running) timers.clearTimeout(timer)
    },
  }
}

export function cancelled(id: string, plugin: string, cause: unknown): PalabreError {
  return new PalabreError('cancelled', text(`"${id}" was cancelled`, `« ${id} » a été annulé`), { plugin, cause })
}
