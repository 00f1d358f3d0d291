import { PalabreError, text } from '@palabre/sdk'
import { reply, type CommandContext, type Reply } from '@palabre/sdk/contract/command'
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
  sent: ['sent', 'stored', 'delivered', 'read', 'failed'],
  delivered: ['delivered', 'read', 'failed'],
  settled: ['stored', 'delivered', 'read', 'failed'],
}

/** Keeps the message, then waits as long as was asked for what becomes of it. What was kept is not lost, whatever is answered. */
export function sendCommand({ messenger, contacts, clock }: Lent) {
  return async (to: string, { message, wait, seconds, replyTo, id }: SendArgs, { signal }: CommandContext): Promise<Reply> => {
    const { id: peer, name } = await contacts.find(to)
    const body = message.replace(/\r?\n$/, '')
    const kept = await messenger.send(peer, { text: body, replyTo, id })
    const reached = await waitFor(kept, enough[wait ?? 'settled'], AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]))
    const pending = (await messenger.pending(peer)).find((one) => one.message === reached.id)
    if (wait !== undefined && !enough[wait].includes(reached.state)) throw notYet(name, pending?.why)
    return reply({ ...reached, ...(pending === undefined ? {} : { why: pending.why }) }, stateText(reached, name, pending?.why))
  }

  async function waitFor(kept: StoredMessage, states: readonly MessageState[], signal: AbortSignal): Promise<StoredMessage> {
    const reached = Promise.withResolvers<void>()
    using _watching = messenger.watch((event) => {
      if (event.kind === 'changed' && event.message.id === kept.id && states.includes(event.message.state)) reached.resolve()
    })
    const now = await messenger.message(kept.id)
    if (now !== undefined && states.includes(now.state)) return now
    const never = clock.sleep(2 ** 31 - 1, signal).catch(() => undefined)
    await Promise.race([reached.promise, never])
    return (await messenger.message(kept.id)) ?? kept
  }
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
