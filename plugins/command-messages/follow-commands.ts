import { reply, type CommandContext, type Reply } from '@palabre/sdk/contract/command'
import type { MessengerEvent } from '@palabre/sdk/contract/messenger'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import type { Lent } from './lent.ts'
import { calledNow, messageText, reachabilityText, stateText } from './tell.ts'
import { follow, text } from '@palabre/sdk'

/** Only that we have read it is new. */
const isAsItCame = ({ editedAt, deletedAt, reactions }: StoredMessage) =>
  editedAt === undefined && deletedAt === undefined && Object.keys(reactions).length === 0

export function followCommands({ messenger, contacts }: Lent) {
  const nameOf = async (conversation: string) => {
    const contact = (await contacts.list()).find(({ id }) => id === conversation)
    return contact === undefined ? conversation : calledNow(contact)
  }

  /** What the person wants to see of it. */
  async function told(event: MessengerEvent): Promise<Reply | undefined> {
    switch (event.kind) {
      case 'message':
        return reply(event, messageText(event.message, await nameOf(event.message.conversation)))
      case 'changed': {
        const { message } = event
        const name = await nameOf(message.conversation)
        if (message.mine) return reply(event, stateText(message, name, undefined))
        return reply(event, isAsItCame(message) ? text('', '') : messageText(message, name))
      }
      case 'reachability': {
        const [name, said] = [await nameOf(event.conversation), reachabilityText(event.reachability)]
        return reply(event, text(`${name}: ${said.en}`, `${name} : ${said.fr}`))
      }
      case 'typing': {
        const name = await nameOf(event.conversation)
        return reply(event, text(`${name} is typing…`, `${name} écrit…`))
      }
      case 'conversation':
      case 'erased':
        return undefined
    }
  }

  return {
    async *listen({ peer }: { peer?: string }, { signal }: CommandContext): AsyncGenerator<Reply> {
      const only = peer === undefined ? undefined : (await contacts.find(peer)).id
      for await (const event of follow(messenger.watch, signal)) {
        const conversation = 'message' in event ? event.message.conversation : event.conversation
        const said = only === undefined || only === conversation ? await told(event) : undefined
        if (said !== undefined) yield said
      }
    },
    async *watch(_args: object, { signal }: CommandContext): AsyncGenerator<Reply> {
      for await (const event of follow(messenger.watch, signal)) yield reply(event)
    },
  }
}
