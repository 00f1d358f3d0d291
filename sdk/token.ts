/**
 * A token is the name under which two rooms agree on a contract, and it carries the contract's type.
 * Keys come from the global symbol registry, so that two copies of the sdk in one process still mean the same thing.
 */

/** Exactly one plugin provides it. */
export interface Token<T> {
  readonly kind: 'one'
  readonly name: string
  readonly major: number
  readonly key: symbol
  /** Only for the compiler: what the token stands for. */
  readonly stands?: (value: T) => T
}

/** Any number of plugins contribute to it, none included. */
export interface Slot<T> {
  readonly kind: 'many'
  readonly name: string
  readonly major: number
  readonly key: symbol
  readonly stands?: (value: T) => T
}

/** A token that its user can do without: see `optional`. */
export interface OptionalToken<T> {
  readonly kind: 'optional'
  readonly token: Token<T>
}

/** What a watcher returns to be told that what it was shown leaves: a clean-up, awaited before the provider stops. */
export type Leave = () => void | Promise<void>
export type Watcher<T> = (value: T, plugin: string) => void | Leave | Promise<void | Leave>

/** What `optional(Token)` lends: the provider comes and goes, its user stays. */
export interface Live<T> {
  readonly current: T | undefined
  /** Runs with the provider of now, and again with each new one; what it returns runs when that one leaves. */
  watch(watcher: Watcher<T>): Disposable
}

/** What a slot lends: whoever contributes now, preferred ones (`bindings` in plugins.json) first. */
export interface Many<T> extends Iterable<T> {
  readonly entries: readonly Entry<T>[]
  /** Runs for each contribution of now and of later; what it returns runs when that contribution leaves. */
  watch(watcher: Watcher<T>): Disposable
}

export interface Entry<T> {
  readonly plugin: string
  readonly value: T
}

export function token<T>(name: string, major = 1): Token<T> {
  return { kind: 'one', name, major, key: keyOf(name, major) }
}

export function slot<T>(name: string, major = 1): Slot<T> {
  return { kind: 'many', name, major, key: keyOf(name, major) }
}

/** Asks for a live handle in place of the thing itself, without which the plugin runs too. */
export function optional<T>(wanted: Token<T>): OptionalToken<T> {
  return { kind: 'optional', token: wanted }
}

/** How manifests write it: `clock@1` for a token, `log-sink@1[]` for a slot. */
export function labelOf(wanted: { readonly kind: 'one' | 'many'; readonly name: string; readonly major: number }): string {
  return `${wanted.name}@${wanted.major}${wanted.kind === 'many' ? '[]' : ''}`
}

function keyOf(name: string, major: number): symbol {
  return Symbol.for(`palabre/${name}@${major}`)
}
