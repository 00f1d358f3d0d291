import { toBase64Url } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Card } from './content.ts'
import type { Core } from './stations.ts'
import { limits } from './limits.ts'
import { say, sendContent } from './saying.ts'
import { freshEpoch } from './sealing.ts'

/** The first thing said to somebody whose invite we accepted: who we are, where we are, and which invite it was. */
export async function greet(core: Core, contact: Contact): Promise<void> {
  const { offer, invite } = contact
  if (offer === undefined || invite === undefined || contact.blocked) return
  const suite = core.suiteCalled(contact.suite)
  const card = await myCard(core, contact)
  await core.lane(contact.id).run(async (state, batch) => {
    if (state !== undefined && (await core.store.record('setting', greetedKey(contact)))) return { value: undefined }
    const begun = state ?? {
      suite: suite.name,
      session: suite.begin(offer, contact.key),
      epoch: freshEpoch(core.primitives),
      next: 0,
      heard: [],
      begunAt: core.clock.now(),
    }
    batch.push({ do: 'put', kind: 'setting', key: greetedKey(contact), value: new Uint8Array([1]) })
    return say(core, contact, begun, batch, { kind: 'hello', invite, card })
  })
}

const greetedKey = (contact: Contact) => `greeted/${contact.id}/${contact.invite}`

/** Tells them what has changed about us since we told them last. */
export async function tellCard(core: Core, contact: Contact): Promise<void> {
  if (contact.blocked || contact.suspect !== undefined) return
  const card = await myCard(core, contact)
  const key = `card/${contact.id}`
  const told = core.primitives.sha256(
    new TextEncoder().encode(JSON.stringify([card.name, card.hints, Math.floor(core.clock.now() / limits.cardAge)])),
  )
  const before = await core.store.record('setting', key)
  if (before !== undefined && before.every((byte, index) => byte === told[index])) return
  const hasSession = await core.lane(contact.id).run((state) => ({ value: state !== undefined }))
  if (hasSession) await sendContent(core, contact, { kind: 'card', card }, [{ do: 'put', kind: 'setting', key, value: told }])
}

export async function myCard(core: Core, contact: Contact): Promise<Card> {
  const [offer] = await core.keyring.offers({ once: false })
  const audience = { contact: contact.id }
  const told = await Promise.all([...core.routes].map(async (route) => [route.name, await route.hints(audience)] as const))
  return {
    name: await core.contacts.myName(),
    hints: Object.fromEntries(told.filter(([, hints]) => hints !== undefined)),
    offer: toBase64Url(offer!.offer),
  }
}
