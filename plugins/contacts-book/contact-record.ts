import { fromBase64Url, toBase64Url, utf8 } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import { routePolicies } from '@palabre/sdk/contract/route'

/** A contact as it is kept and exported: JSON, bytes in base64url. */
export function encodeContact(contact: Contact): Uint8Array {
  const { key, offer, ...rest } = contact
  return utf8.encode(
    JSON.stringify({ ...rest, key: toBase64Url(key), ...(offer === undefined ? {} : { offer: toBase64Url(offer) }) }),
  )
}

/** Undefined when it is not one: an exported file comes from outside. */
export function decodeContact(bytes: Uint8Array): Contact | undefined {
  const said = parse(utf8.decode(bytes))
  if (said === undefined) return undefined
  const { id, key, name, theirName, addedAt, verified, blocked, policy, suite, hints, offer, invite, accepted, waiting, suspect } =
    said
  const keyBytes = bytesOf(key)
  if (typeof id !== 'string' || keyBytes?.length !== 32 || typeof name !== 'string' || typeof theirName !== 'string')
    return undefined
  return {
    id: id as Contact['id'],
    key: keyBytes,
    name,
    theirName,
    addedAt: typeof addedAt === 'number' ? addedAt : 0,
    verified: verified === true,
    blocked: blocked === true,
    policy: routePolicies.find((one) => one === policy) ?? 'direct-allowed',
    suite: typeof suite === 'string' ? suite : '',
    hints: isObject(hints) ? hints : {},
    offer: bytesOf(offer),
    invite: typeof invite === 'string' ? invite : undefined,
    accepted: typeof accepted === 'string' ? accepted : undefined,
    waiting: waiting === true,
    suspect: typeof suspect === 'string' ? (suspect as Contact['id']) : undefined,
  }
}

function parse(said: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = said === undefined ? undefined : JSON.parse(said)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const bytesOf = (said: unknown): Uint8Array | undefined => (typeof said === 'string' ? fromBase64Url(said) : undefined)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
