import { token } from '../token.ts'

/** What my overlay node keeps from one run to the next: its key, so that contacts find it again, and the ports on which it listened. */
export interface OverlayMemory {
  /** Undefined when nothing is kept under this name. */
  read(name: OverlayThing): Promise<Uint8Array | undefined>
  /** Resolves when it would survive a loss of power. Fails with `storage-failed`, and then the old one stands. */
  write(name: OverlayThing, value: Uint8Array): Promise<void>
}

export type OverlayThing = 'key' | 'ports'

export const OverlayMemory = token<OverlayMemory>('overlay-memory')
