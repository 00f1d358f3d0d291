import type { Contact } from '@palabre/sdk/contract/contacts'

/** A contact as programs see it: no keys of sessions, no hints of where they are. */
export function contactData({ id, name, theirName, addedAt, verified, blocked, policy, suite, waiting, suspect }: Contact) {
  return { id, name, theirName, addedAt, verified, blocked, policy, suite, waiting, ...(suspect === undefined ? {} : { suspect }) }
}
