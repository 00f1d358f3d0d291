import type { CommandSpec } from './command.ts'
import type { JsonSchema } from '../json-schema.ts'
import type { HostKind, Sight } from '../manifest.ts'
import { text, type Text } from '../text.ts'
import { token } from '../token.ts'

export type PluginState =
  | 'found'
  | 'checked'
  | 'planned'
  | 'starting'
  | 'running'
  | 'stopping'
  | 'stopped'
  | 'disabled'
  | 'standby'
  | 'blocked'
  | 'failed'
  | 'quarantined'

/** How a person reads each state, everywhere the same. */
export const stateWords: Record<PluginState, Text> = {
  found: text('found', 'trouvé'),
  checked: text('checked', 'vérifié'),
  planned: text('waiting to start', 'va démarrer'),
  starting: text('starting', 'démarre'),
  running: text('running', 'en marche'),
  stopping: text('stopping', 's’arrête'),
  stopped: text('stopped', 'arrêté'),
  disabled: text('off', 'désactivé'),
  standby: text('in reserve', 'en réserve'),
  blocked: text('blocked', 'bloqué'),
  failed: text('failed', 'en échec'),
  quarantined: text('given up', 'mis à l’écart'),
}

export interface PluginInfo {
  readonly id: string
  readonly version: string
  readonly title: Text
  readonly hosts: readonly HostKind[]
  readonly state: PluginState
  /** Why it is not running, and what to do, when it is not. */
  readonly reason?: Text
  readonly todo?: Text
  /** How many starts failed in a row, and when (milliseconds since 1970) the next is tried. */
  readonly attempt: number
  readonly retryAt?: number
  readonly sees: readonly Sight[]
  readonly config: unknown
  readonly configSchema: JsonSchema
  readonly commands: readonly CommandSpec[]
  /** What it holds through its scope now: taps, timers, commands, services, contributions, others. All zero once stopped. */
  readonly holds: Holdings
  readonly problems: readonly Problem[]
  /** Milliseconds. */
  readonly times: { readonly import: number; readonly start: number }
}

export interface Holdings {
  readonly taps: number
  readonly timers: number
  readonly commands: number
  readonly services: number
  readonly contributions: number
  readonly others: number
}

/** Something that went wrong in a plugin and did not stop it. */
export interface Problem {
  readonly time: number
  readonly plugin: string
  readonly text: Text
}

/** `from` uses what `to` provides. */
export interface GraphEdge {
  readonly from: string
  readonly to: string
  readonly token: string
  readonly kind: 'needs' | 'optional' | 'slot'
}

export interface Why {
  readonly plugin: PluginInfo
  readonly needs: readonly { readonly token: string; readonly provider?: string; readonly running: boolean }[]
  readonly uses: readonly { readonly token: string; readonly providers: readonly string[] }[]
  /** Running plugins that would stop with it, directly or through others. */
  readonly neededBy: readonly string[]
  /** The way from this plugin to what blocks it, nearest first; empty when nothing does. */
  readonly blockedBy: readonly string[]
}

export interface HookFlow {
  readonly hook: string
  readonly callers: readonly string[]
  /** In the order in which they run. */
  readonly taps: readonly { readonly plugin: string; readonly stage: string }[]
}

export interface PluginChange {
  readonly id: string
  readonly state: PluginState
  readonly before: PluginState
  readonly reason?: Text
}

/** Looking into the kernel and switching plugins; provided by the kernel. */
export interface Plugins {
  list(): readonly PluginInfo[]
  graph(): readonly GraphEdge[]
  /** Fails with `unknown-plugin`, naming the nearest. */
  why(id: string): Why
  flow(): readonly HookFlow[]
  /**
   * Switches it on, remembers that, and resolves when it runs or rests in another state, whose error it throws.
   * Also lifts a quarantine. Refused with nothing changed when it would make a cycle or an ambiguity.
   */
  enable(id: string): Promise<PluginInfo>
  /** Resolves when it and everything that needs it has stopped. */
  disable(id: string): Promise<PluginInfo>
  /** Merges into its settings. Refused with `bad-settings` and nothing changed when the schema does not hold. */
  configure(id: string, change: object): Promise<PluginInfo>
  watch(fn: (change: PluginChange) => void): Disposable
}

export const Plugins = token<Plugins>('plugins')
