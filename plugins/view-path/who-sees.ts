import { text, type Text } from '@palabre/sdk'
import type { RoadLook } from './road-look.ts'
import { observers } from './words.ts'

/** What one of those along the road learns. Nobody but the other person ever reads what is said. */
export interface Observer {
  readonly who: Text
  readonly address: boolean
  /** That we talk, when and how much. */
  readonly timing: boolean
  readonly words: boolean
}

const blind = { address: false, timing: true, words: false }
const near = { address: true, timing: true, words: false }

export function observersOf(look: RoadLook, name: string): readonly Observer[] {
  const them = (address: boolean): Observer => ({ who: text(name, name), address, timing: true, words: true })
  switch (look) {
    case 'lan':
      return [them(true), { ...near, who: observers.network }]
    case 'direct':
      return [them(true), { ...near, who: observers.provider }]
    case 'relayed':
      return [them(false), { ...near, who: observers.relay }, { ...near, who: observers.providerOfRelay }]
    case 'tor':
      return [them(false), { ...blind, who: observers.torRelays }, { ...near, who: observers.providerOfTor }]
    case 'mailbox':
      return [{ ...near, who: observers.mailbox }]
    case 'up':
    case 'trying':
    case 'waiting':
    case 'offline':
    case 'unknown':
      return []
  }
}
