import type { Contact } from '@palabre/sdk/contract/contacts'

/** A contact as programs see it: no keys of sessions, and of where they are only which ways they have told us. */
export function contactData(contact: Contact) {
  const { id, name, theirName, addedAt, verified, blocked, policy, suite, waiting, suspect, hints } = contact
  const told = Object.keys(hints)
  return {
    id,
    name,
    theirName,
    addedAt,
    verified,
    blocked,
    policy,
    suite,
    waiting,
    told,
    ...(suspect === undefined ? {} : { suspect }),
  }
}
