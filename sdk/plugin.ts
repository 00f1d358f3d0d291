import type { AnyTap, Hook } from './hook.ts'
import type { Scope } from './scope.ts'
import type { Live, Many, OptionalToken, Slot, Token } from './token.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- tokens are invariant in what they stand for
type Any = any
export type Wanted = Token<Any> | Slot<Any> | OptionalToken<Any>
export type Given = Token<Any> | Slot<Any>
export type Needs = Readonly<Record<string, Wanted>>
export type Provides = Readonly<Record<string, Given>>

/** What `start` is lent for each need: the thing, a live handle, or everybody at a slot. */
export type Lent<N extends Needs> = { readonly [K in keyof N]: LentFor<N[K]> }
type LentFor<W> =
  W extends OptionalToken<infer T> ? Live<T> : W extends Slot<infer T> ? Many<T> : W extends Token<infer T> ? T : never

/** What `start` returns: one value for each name under `provides`, nothing where there is none. */
type Returned<P extends Provides> = [keyof P] extends [never] ? void : { readonly [K in keyof P]: ReturnedFor<P[K]> }
type ReturnedFor<G> = G extends Slot<infer T> ? T : G extends Token<infer T> ? T : never

export interface PluginSpec<N extends Needs, P extends Provides, Config> {
  readonly needs?: N
  readonly provides?: P
  /** Slots that `scope.contribute` adds to while running. */
  readonly contributes?: readonly Slot<Any>[]
  /** Hooks it stands at, and hooks it calls. */
  readonly taps?: readonly Hook<AnyTap, AnyTap>[]
  readonly calls?: readonly Hook<AnyTap, AnyTap>[]
  /** The type of its settings: `config: settings<{ level: string }>()`. */
  readonly config?: Settings<Config>
  start(needs: Lent<N>, scope: Scope<Config>): Returned<P> | Promise<Returned<P>>
}

export interface Settings<Config> {
  readonly stands?: (config: Config) => Config
}

/** A plugin as the kernel sees it. */
export interface Plugin {
  readonly [pluginMark]: true
  readonly needs: Needs
  readonly provides: Provides
  readonly contributes: readonly Slot<Any>[]
  readonly taps: readonly Hook<AnyTap, AnyTap>[]
  readonly calls: readonly Hook<AnyTap, AnyTap>[]
  start(needs: Record<string, unknown>, scope: Scope<Any>): unknown
}

const pluginMark: unique symbol = Symbol.for('palabre/plugin@1')

/**
 * Declares a plugin. Everything is inferred: what `start` is lent from `needs`, what it must return from `provides`.
 * The declaration says the same as the plugin's manifest.json; the kernel refuses a plugin where they differ.
 */
export function definePlugin<
  const N extends Needs = Record<never, never>,
  const P extends Provides = Record<never, never>,
  Config = Empty,
>(spec: PluginSpec<N, P, Config>): Plugin {
  const { needs = {}, provides = {}, contributes = [], taps = [], calls = [] } = spec
  return { [pluginMark]: true, needs, provides, contributes, taps, calls, start: spec.start as Plugin['start'] }
}

type Empty = Readonly<Record<never, never>>

/** Names the type that the manifest's `config` schema has already checked. */
export function settings<Config>(): Settings<Config> {
  return {}
}

export function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && pluginMark in value
}
