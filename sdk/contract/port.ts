import type { CommandInfo, Reply } from './command.ts'
import { token } from '../token.ts'

/**
 * How a face talks to a kernel, in the same page or across a socket: it runs commands. What a face wants to follow is a command
 * that streams (`plugins.watch`), so that everything that crosses has passed one schema check.
 */
export interface Port {
  commands(): Promise<readonly CommandInfo[]>
  /** Fails with a `PalabreError` as the command did; `closed` when the kernel cannot be reached. */
  run(command: string, args?: object, options?: { signal?: AbortSignal }): Promise<Reply>
  stream(command: string, args?: object, options?: { signal?: AbortSignal }): AsyncIterable<Reply>
  /** Whether the kernel answers now, and each change of that. A port in the same page is always open. */
  readonly state: PortState
  watch(fn: (state: PortState) => void): Disposable
}

export type PortState = 'open' | 'connecting' | 'closed'

export const Port = token<Port>('port')
