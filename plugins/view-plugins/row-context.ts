import type { Language } from '@palabre/sdk'
import type { PluginInfo } from '@palabre/sdk/contract/plugins'
import type { Question, Told } from './board.ts'

/** Leads to what can be set of a plugin. */
export type WayToSettings = (plugin: string) => void

/** What a row is told besides its plugin, and what it can ask for. */
export interface RowContext {
  readonly language: Language
  readonly busy: boolean
  /** It is made for other hosts and cannot be switched on here. */
  readonly isMadeForOthers: boolean
  readonly refused: Told | undefined
  readonly asking: Question | undefined
  /** The plugin to switch on so that this one can run. */
  readonly cause: PluginInfo | undefined
  readonly settings: WayToSettings | undefined
  titleOf(id: string): string
  enable(id: string): void
  disable(id: string): void
  answer(yes: boolean): void
}
