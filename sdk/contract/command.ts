import type { JsonSchema } from '../json-schema.ts'
import type { Text } from '../text.ts'
import { token } from '../token.ts'

/** A user action as the manifest describes it: the command line's verbs, palettes, keys and remote control are made from it. */
export interface CommandSpec {
  /** `plugins.list` is the verb `palabre plugins list`. */
  readonly id: string
  readonly title: Text
  /**
   * JSON Schema of one object; each property's `title` in both languages under `x-title`. One property may say `"x-stdin": true`: on a
   * command line it is what was piped in when nobody types it.
   */
  readonly args?: JsonSchema
  /** Names of arguments that may be given without their name, in order. */
  readonly positional?: readonly string[]
  /** True when it answers with a row of replies instead of one. */
  readonly streams?: boolean
  /**
   * True when it tells of a Palabre that is up. On a command line it runs in the one that holds the profile folder, with whichever
   * plugins.json and profile that one runs, and fails with `unreachable` where none does.
   */
  readonly ofRunning?: boolean
}

/** `data` is for programs, `text` for people; without `text` a host shows the data in its own way. */
export interface Reply {
  readonly data: unknown
  readonly text?: Text
}

export interface CommandContext {
  /** Aborted when the caller no longer wants the answer or the plugin stops. */
  readonly signal: AbortSignal
}

export type CommandRun<Args> = (args: Args, context: CommandContext) => Reply | Promise<Reply> | AsyncIterable<Reply>

export interface CommandInfo extends CommandSpec {
  readonly plugin: string
  /** False while its plugin is not running. */
  readonly available: boolean
}

/** Runs commands by name; provided by the kernel. */
export interface Commands {
  list(): readonly CommandInfo[]
  /**
   * The one reply, or the last one of a stream.
   * Fails with `unknown-command`, `switched-off`, `bad-argument`, or what the command failed with.
   */
  run(id: string, args?: object, options?: { signal?: AbortSignal }): Promise<Reply>
  /**
   * Every reply as it comes. What streams and is cut short because its plugin stops fails with what made that stop: `switched-off`, the
   * code of a fault, or `closed`.
   */
  stream(id: string, args?: object, options?: { signal?: AbortSignal }): AsyncIterable<Reply>
}

export const Commands = token<Commands>('commands')

export function reply(data: unknown, text?: Text): Reply {
  return text === undefined ? { data } : { data, text }
}
