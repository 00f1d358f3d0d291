import type { CommandRun } from './contract/command.ts'
import type { Log } from './contract/log.ts'
import type { AnyTap, Hook, Stage } from './hook.ts'
import type { HostKind } from './manifest.ts'
import type { Slot } from './token.ts'

/**
 * What the kernel lends a plugin for as long as it runs. Everything taken through it is given back in reverse order, whether the
 * plugin stopped, failed or was too slow; afterwards every member throws `cancelled`.
 */
export interface Scope<Config = unknown> {
  readonly id: string
  readonly host: HostKind
  /** Checked against the manifest's schema, defaults filled in, frozen. */
  readonly config: Config
  readonly log: Log
  /** Aborted when the plugin is asked to stop. */
  readonly signal: AbortSignal

  /** Disposes of it when the plugin stops. Returns what it was given. */
  use<T extends Disposable | AsyncDisposable>(thing: T): T
  /** Runs `fn` when the plugin stops. */
  onStop(fn: () => void | Promise<void>): Disposable
  /** Runs `fn` again and again; a run that is not over delays the next; one that throws is reported and does not end the row. */
  every(ms: number, fn: () => void | Promise<void>): Disposable
  after(ms: number, fn: () => void | Promise<void>): Disposable
  /**
   * Runs `fn` in this plugin's name, for what is done on a call from another: a timer or an error that comes of it is this plugin's,
   * and outlives the caller.
   */
  asOwner<T>(fn: () => T): T
  /** Stands at a hook that the manifest names under `hooks.taps`. */
  tap<Tap extends AnyTap>(hook: Hook<Tap, AnyTap>, fn: NoInfer<Tap>, options?: { stage?: Stage }): Disposable
  /** The calling side of a hook that the manifest names under `hooks.calls`. */
  hook<Call extends AnyTap>(hook: Hook<AnyTap, Call>): HookCall<Call>
  /** Gives life to a command that the manifest describes; its arguments have passed the manifest's schema. */
  command<Args extends object = Record<never, never>>(id: string, run: CommandRun<Args>): Disposable
  /** Adds to a slot that the manifest names under `provides`, beside what `start` returns. */
  contribute<T>(slot: Slot<T>, value: T): Disposable
  /** Takes changed settings while running. A plugin that does not ask is restarted instead. */
  onConfig(fn: (config: Config) => void | Promise<void>): Disposable
  /** Waits for a person: the time that `work` takes does not count against the start. */
  unhurried<T>(work: Promise<T>): Promise<T>
  /** Says that the plugin cannot go on: it is stopped and tried again as after a crash, or not at all when trying cannot mend it. */
  fail(error: unknown): void
  /** Says that what it provides has changed for good: it and its users stop and start anew. */
  restart(): void
}

export interface HookCall<Call extends AnyTap> {
  readonly call: Call
  /** How many taps stand there: zero means that a call costs nothing worth preparing for. */
  readonly size: number
}
