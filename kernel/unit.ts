import type { Manifest, PalabreError } from '@palabre/sdk'
import type { PluginState, Problem } from '@palabre/sdk/contract/plugins'
import type { CatalogEntry } from './catalog.ts'
import type { Loaded } from './load.ts'
import type { Patience } from './patience.ts'
import type { LentScope } from './scope.ts'

/** One plugin and everything the kernel knows of its life. Only the supervisor changes it. */
export interface Unit {
  readonly id: string
  readonly entry: CatalogEntry
  readonly manifest: Manifest
  /** The manifest could not be read; another stands in for it. */
  readonly broken: boolean
  /** plugins.json wants it, in this host. */
  wanted: boolean
  config: object
  /** What it is doing; `idle` covers every state that `resting` names. */
  phase: 'idle' | 'starting' | 'running' | 'stopping'
  /** The state shown while idle, with its reason. */
  resting: PluginState
  reason: PalabreError | undefined
  loaded: Loaded | undefined
  run: Run | undefined
  /** Failed or given up: kept out of the plan until a retry or until the person switches it on again. */
  fault: Fault | undefined
  attempt: number
  /** Monotonic times of crashes within the window. */
  crashes: number[]
  readonly problems: Problem[]
  times: { import: number; start: number }
}

export interface Fault {
  readonly error: PalabreError
  readonly quarantined: boolean
  readonly retryAt?: number
  readonly timer?: unknown
}

/** From the start of a plugin to its stop. */
export interface Run {
  readonly lent: LentScope
  /** How long its start may take. */
  readonly patience: Patience
  /** Providers it was started with, by token; if one changes, the run is over. */
  readonly providers: ReadonlyMap<string, Unit>
  /** Tokens for which it stands, and nobody else while it lasts. */
  readonly binds: ReadonlySet<string>
  /** The settings it knows. */
  config: object
  /** Must end before the plugin may start again. */
  over: boolean
  /** Units whose runs hold this one's services. */
  readonly users: Set<Unit>
}

export function createUnit(entry: CatalogEntry, manifest: Manifest, broken = false): Unit {
  return {
    id: manifest.id,
    entry,
    manifest,
    broken,
    wanted: false,
    config: {},
    phase: 'idle',
    resting: 'checked',
    reason: undefined,
    loaded: undefined,
    run: undefined,
    fault: undefined,
    attempt: 0,
    crashes: [],
    problems: [],
    times: { import: 0, start: 0 },
  }
}

export function stateOf(unit: Unit): PluginState {
  return unit.phase === 'idle' ? unit.resting : unit.phase
}

/** Of two that do the same in different hosts, the one that is made for this one. */
export const isMadeForHere = ({ reason }: Unit): boolean => reason?.code !== 'wrong-host'
