import { messageOf } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Intake } from '@palabre/sdk/contract/route'
import type { Sealed } from '@palabre/sdk/contract/suite'
import { openBlock, type Item } from './block.ts'
import type { Deposited } from './deposited.ts'
import { limits } from './limits.ts'
import { contactOf, type MyQueue, type MyQueues } from './my-queues.ts'
import type { Proofs } from './proofs.ts'

export interface TakingSources {
  readonly primitives: Primitives
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  readonly intake: Intake
  readonly queues: MyQueues
  readonly proofs: Proofs
  readonly deposited: Deposited
}

/** What a block held is kept before it may be forgotten there. Resolves with true when it may. */
export async function takeBlock(sources: TakingSources, queue: MyQueue, block: Uint8Array): Promise<boolean> {
  const { primitives, log } = sources
  const items = openBlock(primitives, primitives.x25519.generate(queue.sealSecret), block)
  if (items === undefined) {
    log.warn('a mailbox gave a block that is not for us, or was altered')
    return true
  }
  await Promise.all(items.map((item) => (item.kind === 'proof' ? takeProof(sources, item) : takeEnvelope(sources, queue, item))))
  return true
}

async function takeProof({ intake, deposited }: TakingSources, { id, proof }: Extract<Item, { kind: 'proof' }>): Promise<void> {
  await intake.acknowledged(id, proof)
  await deposited.forget(id)
}

/** What nobody here can open yet may only have come before what it needs. */
async function takeEnvelope(sources: TakingSources, queue: MyQueue, item: Extract<Item, { kind: 'envelope' }>): Promise<void> {
  const { clock, log, signal } = sources
  for (const pause of [...limits.unopened, 0]) {
    const isTaken = await tryToTake(sources, queue, item).catch((error: unknown) => {
      if (pause === 0 || signal.aborted) throw error
      log.warn('a message could not be kept', { reason: messageOf(error) })
      return false
    })
    if (isTaken) return
    if (pause > 0) await clock.sleep(pause, signal)
  }
  log.warn('a message in our mailbox could not be opened, and was let go')
}

async function tryToTake(sources: TakingSources, queue: MyQueue, item: Extract<Item, { kind: 'envelope' }>): Promise<boolean> {
  const { intake, proofs, queues } = sources
  let contact = contactOf(queue)
  let isNew = false
  const taken = await intake.receive(
    { id: item.id, sealed: item.sealed as Sealed },
    {
      route: 'mailbox',
      contact,
      proved(who) {
        isNew = contact === undefined
        contact = who
      },
    },
  )
  if (taken === undefined) return false
  if (contact === undefined) return true
  for (const { envelope, proof } of taken) await proofs.owe(contact, envelope, proof)
  if (isNew) {
    await queues.met(queue, contact)
    // Somebody has come in: what we want to tell them can go.
    intake.reachable(contact)
  }
  return true
}
