import { fromBase64Url, toBase64Url, utf8 } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Identity } from '@palabre/sdk/contract/identity'
import { decodeContact, encodeContact } from './contact-record.ts'
import { faults } from './faults.ts'
import { limits } from './limits.ts'

/**
 * The book as a file: JSON that says whose it is and is signed by them, so that nobody can slip a contact in. It holds names, keys and
 * policies; no session, no message.
 */
export function exportPeople(contacts: readonly Contact[], identity: Identity): Uint8Array {
  const said = JSON.stringify(contacts.map((contact) => toBase64Url(encodeContact(contact))))
  const signature = toBase64Url(identity.sign('export', utf8.encode(said)))
  return utf8.encode(`${JSON.stringify({ palabre: 'contacts', version: 1, of: identity.userId, said, signature }, undefined, 2)}\n`)
}

export function readExport(file: Uint8Array, identity: Identity): readonly Contact[] {
  if (file.length > limits.exportBytes) throw faults.noExport()
  const { of, said, signature } = objectOf(file)
  if (typeof of !== 'string' || typeof said !== 'string' || typeof signature !== 'string') throw faults.noExport()
  const signed = fromBase64Url(signature)
  if (signed?.length !== 64 || !identity.verify(keyOf(of, identity), 'export', utf8.encode(said), signed)) throw faults.noExport()
  if (of !== identity.userId) throw faults.othersExport()
  return listOf(said).map((one) => {
    const contact = decodeContact(fromBase64Url(one) ?? new Uint8Array())
    if (contact === undefined || identity.idOf(contact.key) !== contact.id) throw faults.noExport()
    return contact
  })
}

function objectOf(file: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(utf8.decode(file) ?? '')
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Not JSON: said below.
  }
  throw faults.noExport()
}

function keyOf(of: string, identity: Identity): Uint8Array {
  try {
    return identity.keyOf(of)
  } catch {
    throw faults.noExport()
  }
}

const listOf = (said: string): string[] => (JSON.parse(said) as unknown[]).map(String)
