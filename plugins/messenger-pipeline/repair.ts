import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Content } from './content.ts'
import type { Core } from './stations.ts'
import { begunWith, myCard } from './greeting.ts'
import { limits } from './limits.ts'
import { renewed, resealed } from './resealing.ts'

/**
 * One side cannot open what the other seals: a session is begun anew from the last offer we were given, and everything that waits is
 * sealed with it. Both people are told. Nothing is ever sent in the clear or in a weaker suite.
 */
export async function repair(core: Core, contact: Contact): Promise<void> {
  const { offer, invite } = contact
  if (offer === undefined) return
  const card = await myCard(core, contact)
  await core.lane(contact.id).run(async (state, batch) => {
    if (state !== undefined && core.clock.now() - state.begunAt < limits.repairPause) return { value: undefined }
    const fresh = begunWith(core, contact, offer, state)
    // By their invite they let us in even if they have forgotten who we are.
    const greeting: Content = invite === undefined ? { kind: 'card', card } : { kind: 'hello', invite, card }
    const again = await resealed(core, contact, fresh, batch, greeting)
    const told = renewed(core, contact, batch)
    return { state: again.state, value: undefined, done: () => (again.done(), told()) }
  })
}
