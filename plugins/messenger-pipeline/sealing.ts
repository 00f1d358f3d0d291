import { toHex } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { OutboxRow } from '@palabre/sdk/contract/store'
import type { Sealed, Suite } from '@palabre/sdk/contract/suite'
import { encodeBody, piecesOf, proofLength } from './body.ts'
import type { PeerState } from './peer-state.ts'

/** A row of the outbox as it is made here: only a suite can have sealed it. */
export interface SealedRow extends OutboxRow {
  readonly sealed: Sealed
}

interface SealedContent {
  readonly state: PeerState
  readonly rows: readonly SealedRow[]
}

export interface SealingSources {
  readonly primitives: Pick<Primitives, 'randomBytes'>
  readonly clock: Pick<Clock, 'now'>
  suiteCalled(name: string): Suite
}

interface SealOptions {
  readonly conversation: string
  readonly message?: string | undefined
  /** False for what may overtake and be lost: typing. */
  readonly ordered: boolean
  /** Since when it waits, where that is not from now on. */
  readonly queuedAt?: number | undefined
}

/** Seals a content, in as many envelopes as it takes; each step of the session is in the state that comes back. */
export type Seal = (state: PeerState, content: Uint8Array, options: SealOptions) => SealedContent

export function createSealing({ primitives, clock, suiteCalled }: SealingSources): Seal {
  return (before, content, { conversation, message, ordered, queuedAt = clock.now() }) => {
    const suite = suiteCalled(before.suite)
    const pieces = piecesOf(content)
    const rows: SealedRow[] = []
    let state = before
    for (const [part, piece] of pieces.entries()) {
      const proof = primitives.randomBytes(proofLength)
      const [epoch, number] = ordered ? [state.epoch, state.next] : [0, 0]
      const { session, sealed } = suite.seal(
        state.session,
        encodeBody({ proof, epoch, number, part, parts: pieces.length, content: piece }),
      )
      state = { ...state, session, next: ordered ? number + 1 : state.next }
      const envelope = toHex(primitives.randomBytes(16))
      rows.push({ envelope, conversation, message, sealed, proof, queuedAt, attempts: 0, nextTry: clock.now(), storedAt: [] })
    }
    return { state, rows }
  }
}

/**
 * A numbering above all that were used with this person, so that they can tell which one is given up: by the clock, in seconds, since
 * those of before may be forgotten.
 */
export function freshEpoch(
  { clock }: { readonly clock: Pick<Clock, 'now'> },
  before: { readonly epoch: number } | undefined,
): number {
  return Math.min(0xffff_ffff, Math.max((before?.epoch ?? 0) + 1, Math.floor(clock.now() / 1000)))
}
