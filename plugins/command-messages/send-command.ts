import { PalabreError, text } from '@palabre/sdk'
import { reply, type CommandContext, type Reply } from '@palabre/sdk/contract/command'
import { failureText } from '@palabre/sdk/contract/failure-words'
import type { MessageState, StoredMessage } from '@palabre/sdk/contract/store'
import type { Lent } from './lent.ts'
import { stateText } from './tell.ts'

export interface SendArgs {
  readonly message: string
  /** Fails unless this is reached; left out, it waits until nothing more depends on us, and answers what came of it. */
  readonly wait?: Goal
  readonly seconds: number
  readonly replyTo?: string
  readonly id?: string
}

type Goal = 'kept' | 'sent' | 'delivered'

const enough: Record<Goal | 'settled', readonly MessageState[]> = {
  kept: ['queued', 'sent', 'stored', 'delivered', 'read', 'failed'],
  sent: ['sent', 'stored', 'delivered', 'read'],
  delivered: ['delivered', 'read'],
  settled: ['stored', 'delivered', 'read'],
}

/** Keeps the message, then waits as long as was asked for what becomes of it. What was kept is not lost, whatever is answered. */
export function sendCommand({ messenger, contacts, clock }: Lent) {
  return async (to: string, { message, wait, seconds, replyTo, id }: SendArgs, { signal }: CommandContext): Promise<Reply> => {
    const { id: peer, name } = await contacts.find(to)
    const body = message.replace(/\r?\n$/, '')
    const kept = await messenger.send(peer, { text: body, replyTo, id })
    const isOver = ({ state }: StoredMessage) => state === 'failed' || enough[wait ?? 'settled'].includes(state)
    const reached = await waitFor(kept, isOver, AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]))
    const pending = (await messenger.pending(peer)).find((one) => one.message === reached.id)
    if (wait !== undefined && !enough[wait].includes(reached.state))
      throw reached.state === 'failed' ? givenUp(name, reached.why) : notYet(name, pending?.why)
    return reply({ ...reached, ...(pending === undefined ? {} : { why: pending.why }) }, stateText(reached, name, pending?.why))
  }

  async function waitFor(
    kept: StoredMessage,
    isOver: (message: StoredMessage) => boolean,
    signal: AbortSignal,
  ): Promise<StoredMessage> {
    const reached = Promise.withResolvers<void>()
    using _watching = messenger.watch((event) => {
      if (event.kind === 'changed' && event.message.id === kept.id && isOver(event.message)) reached.resolve()
    })
    const now = await messenger.message(kept.id)
    if (now !== undefined && isOver(now)) return now
    const never = clock.sleep(2 ** 31 - 1, signal).catch(() => undefined)
    await Promise.race([reached.promise, never])
    return (await messenger.message(kept.id)) ?? kept
  }
}

function givenUp(name: string, why: string | undefined): PalabreError {
  const { en, fr } = failureText(why)
  return new PalabreError(
    why === 'withdrawn' ? 'cancelled' : 'timed-out',
    text(`not delivered to ${name}: ${en}`, `pas remis à ${name} : ${fr}`),
  )
}

function notYet(
  name: string,
  why: { en: string; fr: string } = text('no answer came', 'aucune réponse n’est venue'),
): PalabreError {
  return new PalabreError('timed-out', text(`not delivered to ${name} yet: ${why.en}`, `pas encore remis à ${name} : ${why.fr}`), {
    todo: text(
      'The message is kept and goes on being tried whenever palabre runs: palabre outbox',
      'Le message est gardé et repart chaque fois que palabre tourne : palabre outbox',
    ),
  })
}
