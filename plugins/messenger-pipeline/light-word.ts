import type { Contact } from '@palabre/sdk/contract/contacts'
import { encodeContent, type Content } from './content.ts'
import type { Core } from './stations.ts'

/** Something that is worth nothing later: sealed as all is, handed to a road that is open now, and forgotten. */
export async function sayLightly(core: Core, person: Contact, content: Content): Promise<void> {
  const rows = await core.lane(person.id).run((state) => {
    if (state === undefined) return { value: [] }
    const { state: next, rows } = core.seal(state, encodeContent(content), { conversation: person.id, ordered: false })
    return { state: next, value: rows }
  })
  const envelopes = rows.map(({ envelope, sealed }) => ({ id: envelope, sealed }))
  for (const road of core.routes) {
    const to = { contact: person.id, hints: person.hints[road.name], policy: person.policy }
    if (road.pathTo(to) !== undefined) return void (await road.carry(envelopes, to, { signal: core.signal }).catch(() => undefined))
  }
}
