import { createWatched, isPalabreError, messageOf, text, type Text, type Watched } from '@palabre/sdk'
import type { Port } from '@palabre/sdk/contract/port'

/** A relay that keeps messages for us. */
export interface Relay {
  readonly peer: string
  readonly addresses: readonly string[]
  /** Undefined where nothing here can tell. */
  readonly reached: boolean | undefined
}

/** The relays of the settings, as the kernel has them; undefined while it knows none: what uses them is off. */
export interface Chosen extends Watched<readonly Relay[] | undefined> {
  refresh(): Promise<void>
  /** Resolves with why it was refused, and what to do. */
  add(link: string): Promise<Text | undefined>
  remove(peer: string): Promise<Text | undefined>
}

export function createChosen(port: Pick<Port, 'run'>): Chosen {
  const relays = createWatched<readonly Relay[] | undefined>(undefined)

  async function refresh(): Promise<void> {
    const ask = async (command: string) => (await port.run(command).catch(() => undefined))?.data
    const [list, status] = await Promise.all([ask('relay.list'), ask('mailbox.status')])
    relays.set(relaysOf(list, status))
  }

  async function change(command: string, args: object): Promise<Text | undefined> {
    try {
      await port.run(command, args)
      return undefined
    } catch (error) {
      return whyNot(error)
    } finally {
      await refresh()
    }
  }

  return {
    get now() {
      return relays.now
    },
    watch: relays.watch,
    refresh,
    add: (link) => change('relay.add', { link }),
    remove: (relay) => change('relay.remove', { relay }),
  }
}

function relaysOf(list: unknown, status: unknown): readonly Relay[] | undefined {
  // Without what uses them, relays in the settings keep nothing.
  if (!Array.isArray(list) || status === undefined) return undefined
  const { mailboxes } = status as { readonly mailboxes: readonly { readonly peer: string; readonly reached: boolean }[] }
  return (list as readonly Omit<Relay, 'reached'>[]).map(({ peer, addresses }) => ({
    peer,
    addresses,
    reached: mailboxes.find((one) => one.peer === peer)?.reached,
  }))
}

function whyNot(error: unknown): Text {
  if (!isPalabreError(error)) return text(messageOf(error), messageOf(error))
  const { text: what, todo } = error
  return todo === undefined ? what : text(`${what.en}. ${todo.en}`, `${what.fr}. ${todo.fr}`)
}
