import { messageOf, text } from '@palabre/sdk'
import type { Link } from '@palabre/sdk/contract/link'
import type { Log } from '@palabre/sdk/contract/log'
import type { Intake } from '@palabre/sdk/contract/route'
import type { Sealed } from '@palabre/sdk/contract/suite'
import { decodeFrame, encodeFrame } from './frames.ts'

export interface Serving {
  readonly log: Log
  /** Who the node at the other end belongs to, as far as we know. */
  contact(): string | undefined
  proved(contact: string): void
  taken(envelope: string): void
}

const limits = {
  /** Envelopes that are being opened and kept at once: while they are, the other end waits. */
  atOnce: 256,
  proofsInFrame: 1_000,
}

const refusal = text('their device cannot open it', 'leur appareil ne peut pas l’ouvrir')

/** Reads a link until it ends, and answers each envelope with its proof once it is kept. */
export async function serveLink(link: Link, intake: Intake, serving: Serving): Promise<void> {
  const answers = createAnswers(link)
  const underWay = new Set<Promise<void>>()
  try {
    for await (const bytes of link.frames) {
      const frame = decodeFrame(bytes)
      if (frame === undefined) return await link.close()
      if (frame === 'unknown') continue
      if (frame.kind === 'envelope') {
        const work = take(frame.id, frame.sealed).finally(() => underWay.delete(work))
        underWay.add(work)
        if (underWay.size >= limits.atOnce) await Promise.race(underWay)
      } else if (frame.kind === 'taken') {
        for (const { id, proof } of frame.proofs) {
          serving.taken(id)
          intake
            .acknowledged(id, proof)
            .catch((error: unknown) => serving.log.error('an acknowledgement was lost', { reason: messageOf(error) }))
        }
      } else {
        for (const id of frame.ids) {
          serving.taken(id)
          intake.refused(id, refusal)
        }
      }
    }
  } catch (error) {
    serving.log.debug('a link ended', { reason: messageOf(error) })
  }

  async function take(id: string, sealed: Uint8Array): Promise<void> {
    try {
      const proof = await intake.receive(
        { id, sealed: sealed as Sealed },
        { route: 'link', contact: serving.contact(), proved: serving.proved },
      )
      answers.add(id, proof)
    } catch (error) {
      // Not kept: they bring it again.
      serving.log.warn('a message could not be kept', { reason: messageOf(error) })
    }
  }
}

/** Proofs that come together leave in one frame. */
function createAnswers(link: Link) {
  let proofs: { readonly id: string; readonly proof: Uint8Array }[] = []
  let refused: string[] = []
  let isSoon = false

  const flush = () => {
    isSoon = false
    const [taken, unopened] = [proofs, refused]
    proofs = []
    refused = []
    if (taken.length > 0) send(encodeFrame({ kind: 'taken', proofs: taken }))
    if (unopened.length > 0) send(encodeFrame({ kind: 'refused', ids: unopened }))
  }
  // A link that has ended takes nothing: they bring it again on the next.
  const send = (frame: Uint8Array) => void link.send(frame).catch(() => undefined)

  return {
    add(id: string, proof: Uint8Array | undefined) {
      if (proof === undefined) refused.push(id)
      else proofs.push({ id, proof })
      if (proofs.length >= limits.proofsInFrame) flush()
      if (isSoon) return
      isSoon = true
      queueMicrotask(flush)
    },
  }
}
