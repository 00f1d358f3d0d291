import { messageOf } from '@palabre/sdk'
import type { UserId } from '@palabre/sdk/contract/identity'
import type { Intake } from '@palabre/sdk/contract/route'
import type { Acknowledging } from './acknowledging.ts'
import type { Core } from './stations.ts'
import { tellCard } from './greeting.ts'
import { receive, toldOfSeen } from './inbound.ts'
import { repair } from './repair.ts'
import { why } from './why.ts'

/** What roads are given: everything that comes from outside passes here. */
export function createIntake(core: Core, acknowledging: Acknowledging): Intake {
  const aside = (what: string, work: Promise<unknown>) =>
    void work.catch((error: unknown) => {
      if (!core.signal.aborted) core.log.warn(what, { reason: messageOf(error) })
    })

  const mend = async (id: string) => {
    const contact = await core.contacts.get(id as UserId)
    if (contact !== undefined && !contact.blocked) await core.inTurn(id, () => repair(core, contact))
  }

  /** Before they have ever answered it is their invite that does not hold, and another session would not help. */
  const answer = async (id: string, envelope: string) => {
    const contact = await core.contacts.get(id as UserId)
    if (contact === undefined || contact.blocked) return
    core.delivery.refused(id, envelope, contact.waiting ? why.notLetIn : why.unopened)
    if (!contact.waiting) await core.inTurn(id, () => repair(core, contact))
  }

  return {
    async receive(envelope, from) {
      const before = await core.store.seen(envelope.id)
      if (before !== undefined) return toldOfSeen(envelope.id, before)
      const received = await receive(core, envelope, from)
      // Somebody we know seals what we cannot open: one of us has lost the session.
      if (received === undefined && from.contact !== undefined) aside('a session could not be begun anew', mend(from.contact))
      return received
    },
    acknowledged: (envelope, proof) => acknowledging.acknowledged(envelope, proof),
    refused(envelope) {
      const row = core.outbox.row(envelope)
      if (row === undefined) return
      aside('a refusal could not be answered', answer(row.conversation, envelope))
    },
    async recipient(contact, route) {
      const person = await core.contacts.get(contact as UserId)
      return person === undefined || person.blocked ? undefined : { contact, hints: person.hints[route], policy: person.policy }
    },
    pathChanged: (contact) => core.delivery.pathChanged(contact),
    reachable(contact) {
      core.delivery.reachable(contact)
      const tell = async () => {
        const person = await core.contacts.get(contact as UserId)
        if (person !== undefined) await tellCard(core, person)
      }
      aside('they could not be told about us', tell())
    },
  }
}
