import type { Clock } from '@palabre/sdk/contract/clock'
import { reply, type Reply } from '@palabre/sdk/contract/command'
import type { Contacts } from '@palabre/sdk/contract/contacts'
import type { Messenger } from '@palabre/sdk/contract/messenger'

export interface FeedArgs {
  readonly to: string
  readonly prefix: string
  readonly count: number
  readonly pace: number
}

interface Needs {
  readonly messenger: Messenger
  readonly contacts: Contacts
  readonly clock: Clock
}

/** The same again after a death: a message that is kept already is not sent twice, since its id follows from its number. */
export async function* feed({ messenger, contacts, clock }: Needs, args: FeedArgs, signal: AbortSignal): AsyncGenerator<Reply> {
  const { id } = await contacts.find(args.to)
  yield reply({ kind: 'ready' })
  for (let number = 0; number < args.count && !signal.aborted; number++) {
    const message = args.prefix + number.toString(16).padStart(30, '0')
    if ((await messenger.message(message)) !== undefined) continue
    await messenger.send(id, { id: message, text: `${args.prefix} ${number}` })
    if (args.pace > 0) await clock.sleep(args.pace, signal).catch(() => undefined)
  }
  yield reply({ kind: 'fed' })
  for (let last = -1; !signal.aborted;) {
    const waiting = (await messenger.pending(id)).filter(({ message }) => message !== undefined)
    if (waiting.length !== last) yield reply({ kind: waiting.length === 0 ? 'done' : 'waiting', count: waiting.length })
    last = waiting.length
    await clock.sleep(100, signal).catch(() => undefined)
  }
}
