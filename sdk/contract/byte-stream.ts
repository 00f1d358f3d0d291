import type { Waiting } from './link.ts'

/** Bytes in order in both directions, without frames, on a connection that others share. It ends with that connection. */
export interface ByteStream {
  /** The overlay peer id of the other end. */
  readonly peer: string
  /**
   * Resolves when more may be written, so that a slow reader holds the writer back. The bytes may be reused afterwards.
   * Fails with `closed` when either side has ended the stream, and `cancelled` when the signal aborts while it waits.
   */
  write(bytes: Uint8Array, options?: Waiting): Promise<void>
  /** For one reader. Ends when the other side has closed its half; throws `closed` when the stream was cut or aborted. */
  readonly bytes: AsyncIterable<Uint8Array>
  /** Closes our half once everything written is on its way; the other half stays open until its owner closes it. */
  closeWrite(): Promise<void>
  /** Drops both halves at once; the other side's reader and writer fail with `closed`. */
  abort(): void
}
