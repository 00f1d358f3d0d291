import { isPalabreError, type Actor } from '@palabre/sdk'
import { Interrupted } from './interrupt.ts'

/** 0 done · 1 failed on our side · 2 the caller must change something · 3 the peer or the network · 130 interrupted. */
const byActor: Record<Actor, number> = { us: 1, caller: 2, peer: 3, network: 3 }

export function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return error.exitCode
  return isPalabreError(error) ? byActor[error.actor] : 1
}
