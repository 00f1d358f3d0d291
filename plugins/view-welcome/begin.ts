import type { Port } from '@palabre/sdk/contract/port'

export interface Beginning {
  readonly name: string
  /** A link that was pasted or came with the address; empty for none. */
  readonly invite: string
}

/** Takes the name, and the invite when there is one. Answers with the user id of who invited. */
export async function begin(port: Port, { name, invite }: Beginning): Promise<string | undefined> {
  const said = invite.trim()
  // Read first: with an invite that does not hold nothing has begun.
  if (said !== '') await port.run('invite.read', { invite: said })
  await port.run('id.name', { name: name.trim() })
  if (said === '') return undefined
  return ((await port.run('invite.accept', { invite: said })).data as { id: string }).id
}
