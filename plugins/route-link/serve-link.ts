import { messageOf, text } from '@palabre/sdk'
import type { Link } from '@palabre/sdk/contract/link'
import type { Log } from '@palabre/sdk/contract/log'
import type { Intake } from '@palabre/sdk/contract/route'
import type { Sealed } from '@palabre/sdk/contract/suite'
import { createAnswers } from './answers.ts'
import { decodeFrame } from './frames.ts'

export interface Serving {
  readonly log: Log
  /** Who takes in what comes, which may change while the link stands. */
  intake(): Intake | undefined
  /** Who the node at the other end belongs to, as far as we know. */
  contact(): string | undefined
  proved(contact: string): void
  taken(envelope: string): void
}

const limits = {
  /** Envelopes that are being opened and kept at once: while they are, the other end waits. */
  atOnce: 256,
  /** Each is tried with every contact's keys: whose node is not known and brings nothing that opens has the link ended. */
  unopenedOfStrangers: 64,
}

const refusal = text('their device cannot open it', 'l’autre appareil ne peut pas l’ouvrir')

/** Reads a link until it ends, and answers each envelope with its proof once it is kept. */
export async function serveLink(link: Link, serving: Serving): Promise<void> {
  const answers = createAnswers(link)
  const underWay = new Set<Promise<void>>()
  let unopened = 0
  try {
    for await (const bytes of link.frames) {
      const frame = decodeFrame(bytes)
      if (frame === undefined) return await link.close()
      if (frame === 'unknown') continue
      if (frame.kind === 'envelope') {
        const work = take(frame.id, frame.sealed).finally(() => underWay.delete(work))
        underWay.add(work)
        const atOnce = serving.contact() === undefined ? limits.unopenedOfStrangers : limits.atOnce
        if (underWay.size >= atOnce) await Promise.race(underWay)
        await answers.room()
        if (unopened >= limits.unopenedOfStrangers && serving.contact() === undefined) return await endWithStranger()
      } else if (frame.kind === 'taken') {
        for (const { id, proof } of frame.proofs) {
          serving.taken(id)
          serving
            .intake()
            ?.acknowledged(id, proof)
            .catch((error: unknown) => serving.log.error('an acknowledgement was lost', { reason: messageOf(error) }))
        }
      } else {
        for (const id of frame.ids) {
          serving.taken(id)
          serving.intake()?.refused(id, refusal)
        }
      }
    }
  } catch (error) {
    serving.log.debug('a link ended', { reason: messageOf(error) })
  }

  async function take(id: string, sealed: Uint8Array): Promise<void> {
    const intake = serving.intake()
    // Nobody is there to keep it: it is brought again.
    if (intake === undefined) return
    try {
      const taken = await intake.receive(
        { id, sealed: sealed as Sealed },
        { route: 'link', contact: serving.contact(), proved: serving.proved },
      )
      unopened = taken === undefined ? unopened + 1 : 0
      if (taken === undefined) answers.refuse(id)
      else for (const { envelope, proof } of taken) answers.acknowledge(envelope, proof)
    } catch (error) {
      // Not kept: they bring it again.
      serving.log.warn('a message could not be kept', { reason: messageOf(error) })
    }
  }

  async function endWithStranger(): Promise<void> {
    serving.log.warn('a node that nobody here knows sent what nobody here can open; the link was ended')
    await Promise.all(underWay)
    await link.close()
  }
}
