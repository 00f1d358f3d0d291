import type { Link } from '@palabre/sdk/contract/link'
import { encodeFrame } from './frames.ts'

/** What was taken and what could not be opened, told to the other end. */
export interface Answers {
  acknowledge(id: string, proof: Uint8Array): void
  /** Nobody here can open it. */
  refuse(id: string): void
  /** Resolves when there is room for more: who does not read our answers is not read either. */
  room(): Promise<void>
}

const inFrame = 1_000

/** Those that come while a frame leaves go together in the next one. */
export function createAnswers(link: Pick<Link, 'send'>): Answers {
  let proofs: { readonly id: string; readonly proof: Uint8Array }[] = []
  let refused: string[] = []
  let leaving: Promise<void> | undefined

  async function leave(): Promise<void> {
    // Those that are kept by one commit are told one right after the other.
    await new Promise<void>((resolve) => queueMicrotask(resolve))
    try {
      while (proofs.length > 0 || refused.length > 0) {
        const [taken, unopened] = [proofs.splice(0, inFrame), refused.splice(0, inFrame)]
        if (taken.length > 0) await link.send(encodeFrame({ kind: 'taken', proofs: taken }))
        if (unopened.length > 0) await link.send(encodeFrame({ kind: 'refused', ids: unopened }))
      }
    } catch {
      // A link that has ended takes nothing: they bring it again on the next.
      proofs = []
      refused = []
    } finally {
      // In the same breath as the last look at what waits.
      leaving = undefined
    }
  }

  return {
    acknowledge(id, proof) {
      proofs.push({ id, proof })
      leaving ??= leave()
    },
    refuse(id) {
      refused.push(id)
      leaving ??= leave()
    },
    async room() {
      while (leaving !== undefined && proofs.length + refused.length >= inFrame) await leaving
    },
  }
}
