import type { Language, Text } from '@palabre/sdk'
import type { Conversation, MessengerEvent, Reachability } from '@palabre/sdk/contract/messenger'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import type { Calls } from './calls.ts'
import { inset, messageLine, oneLine } from './message-lines.ts'
import type { Screen } from './screen.ts'
import { pathText, stateSigns, suspectText } from './words.ts'

/** Somebody to talk to, as far as the screen must know. */
interface Peer {
  readonly id: string
  name: string
  unread: number
  reachability: Reachability
}

/** What is on the table: with whom we talk, what was said lately, how it stands. */
export interface Desk {
  readonly calls: Calls
  readonly screen: Screen
  language: Language
  current: Peer | undefined
  peers(): readonly Peer[]
  say(said: Text): void
  /** Looks again who is there. */
  refresh(): Promise<void>
  /** Talks with them from now on. */
  turnTo(id: string, lines?: number): Promise<void>
  shown(place: number): StoredMessage | undefined
  last(fits: (message: StoredMessage) => boolean): StoredMessage | undefined
  take(event: MessengerEvent): Promise<void>
  draw(): void
}

const remembered = 500
const typingLasts = 6_000

export function createDesk(calls: Calls, screen: Screen, language: Language): Desk {
  const known = new Map<string, Peer>()
  const messages = new Map<string, StoredMessage>()
  let typingUntil = 0

  const desk: Desk = {
    calls,
    screen,
    language,
    current: undefined,
    peers: () => [...known.values()],
    say: (said) => screen.print(said[desk.language]),
    async refresh() {
      const { data } = await calls.run('conversations')
      const all = data as readonly Conversation[]
      for (const { conversation: id, name, unread, reachability } of all) known.set(id, { id, name, unread, reachability })
      for (const id of known.keys()) if (!all.some(({ conversation }) => conversation === id)) known.delete(id)
      if (desk.current !== undefined) desk.current = known.get(desk.current.id)
      desk.draw()
    },
    async turnTo(id, lines = 12) {
      const peer = known.get(id)
      if (peer === undefined) return
      desk.current = peer
      messages.clear()
      typingUntil = 0
      screen.print(`── ${oneLine(peer.name)} ──`)
      const { data } = await calls.run('history', { peer: id, limit: lines })
      for (const message of data as readonly StoredMessage[]) {
        // It came while the page was being read, and stands there already.
        if (messages.has(message.id)) continue
        messages.set(message.id, message)
        screen.print(messageLine(message, peer.name, desk.language, { withState: true }))
      }
      await seen()
      desk.draw()
    },
    shown: (place) => [...messages.values()].find((message) => message.place === place),
    last: (fits) => [...messages.values()].findLast(fits),
    async take(event) {
      if (event.kind === 'message') await came(event.message)
      else if (event.kind === 'changed') changed(event.message)
      else if (event.kind === 'erased') messages.delete(event.id)
      else if (event.kind === 'typing') types(event.conversation)
      else if (event.kind === 'reachability') reached(event.conversation, event.reachability)
      else if (!known.has(event.conversation)) await newcomer(event.conversation)
      desk.draw()
    },
    draw: () => screen.status(statusRow()),
  }
  return desk

  async function came(message: StoredMessage): Promise<void> {
    if (!known.has(message.conversation)) await newcomer(message.conversation)
    const peer = known.get(message.conversation)
    if (peer === undefined || messages.has(message.id)) return
    if (peer.id !== desk.current?.id) {
      if (message.mine || message.kind === 'notice') return
      peer.unread++
      return screen.print(`[${oneLine(peer.name)}] ${messageLine(message, peer.name, desk.language)}`)
    }
    keep(message)
    typingUntil = 0
    desk.draw()
    screen.print(messageLine(message, peer.name, desk.language))
    if (!message.mine) await seen()
  }

  function changed(message: StoredMessage): void {
    const before = messages.get(message.id)
    if (before === undefined || desk.current === undefined) return
    keep(message)
    const who = message.mine ? { en: 'me', fr: 'moi' }[desk.language] : oneLine(desk.current.name)
    const tell = (en: string, fr: string) => desk.say({ en: `#${message.place} ${en}`, fr: `#${message.place} ${fr}` })
    if (message.deletedAt !== before.deletedAt) tell(`${who} deleted it`, `${who} : supprimé`)
    else if (message.text !== before.text)
      tell(`${who} changed it: ${inset(message.text)}`, `${who}, modifié : ${inset(message.text)}`)
    const reactions = Object.values(message.reactions).map(oneLine).join(' ')
    if (reactions !== Object.values(before.reactions).map(oneLine).join(' '))
      tell(reactions === '' ? 'reaction taken back' : reactions, reactions === '' ? 'réaction retirée' : reactions)
    const state = stateSigns[message.state]
    // On a screen that is drawn anew the row over the input tells it.
    if (message.mine && message.state !== before.state && (screen.isPlain || message.state === 'failed')) tell(state.en, state.fr)
  }

  function types(conversation: string): void {
    if (conversation !== desk.current?.id) return
    typingUntil = Date.now() + typingLasts
    setTimeout(() => desk.draw(), typingLasts + 50).unref()
  }

  function reached(conversation: string, reachability: Reachability): void {
    const peer = known.get(conversation)
    if (peer === undefined) return
    const before = pathText(peer.reachability).en
    peer.reachability = reachability
    const now = pathText(reachability)
    if (screen.isPlain && peer.id === desk.current?.id && now.en !== before)
      desk.say({ en: `${oneLine(peer.name)}: ${now.en}`, fr: `${oneLine(peer.name)} : ${now.fr}` })
  }

  async function newcomer(conversation: string): Promise<void> {
    await desk.refresh()
    const peer = known.get(conversation)
    if (peer === undefined) return
    const name = oneLine(peer.name)
    desk.say({ en: `${name} is here now.`, fr: `${name} est là.` })
    const { suspect } = (await calls.run('contacts.show', { contact: peer.id })).data as { suspect?: string }
    if (suspect !== undefined) desk.say(suspectText(name, peer.id))
    if (desk.current === undefined) await desk.turnTo(peer.id)
  }

  async function seen(): Promise<void> {
    const theirs = desk.last((message) => !message.mine && message.kind === 'text')
    if (desk.current === undefined || theirs === undefined || theirs.state === 'read') return
    desk.current.unread = 0
    await calls.run('messages.read', { peer: desk.current.id, upTo: theirs.id })
  }

  function keep(message: StoredMessage): void {
    messages.set(message.id, message)
    if (messages.size > remembered) messages.delete(messages.keys().next().value!)
  }

  function statusRow(): string {
    const { current } = desk
    const unread = [...known.values()].filter((peer) => peer.unread > 0 && peer.id !== current?.id)
    const elsewhere = unread.map(({ name, unread: count }) => `${oneLine(name)} (${count})`)
    if (current === undefined) return ['Palabre', ...elsewhere].join(' · ')
    const mine = desk.last((message) => message.mine && message.kind === 'text')
    const parts = [
      oneLine(current.name),
      pathText(current.reachability)[desk.language],
      mine === undefined ? '' : stateSigns[mine.state][desk.language],
      typingUntil > Date.now() ? { en: 'typing…', fr: 'écrit…' }[desk.language] : '',
      ...elsewhere,
    ]
    return parts.filter((part) => part !== '').join(' · ')
  }
}
