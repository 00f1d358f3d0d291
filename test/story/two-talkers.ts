import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import * as assert from 'uvu/assert'
import { newPerson, repository, type Person } from './cli-process.ts'

/** Every other road, and whatever looks for one. */
export const otherRoads = Object.fromEntries(
  readdirSync(join(repository, 'plugins'))
    .filter((name) => /^(transport|discovery|upgrade|nat|relay|mailbox)-/.test(name) && name !== 'transport-tcp')
    .map((name) => [name, false]),
)

/** What somebody's plugins.json says: TCP on this machine alone. */
const loopbackOnly = (more: object = {}) => ({
  plugins: {
    ...otherRoads,
    'transport-tcp': { enabled: true, config: { listen: ['/ip4/127.0.0.1/tcp/0'] } },
    ...more,
  },
})

export const newTalker = (more: object = {}): Person => newPerson(loopbackOnly(more))

/** What a command answered as JSON; fails with what it said when it did not end well. */
export async function answered<T>(person: Person, ...args: string[]): Promise<T> {
  const { code, out, err } = await person.palabre(...args, '--json')
  if (code !== 0) throw new Error(`palabre ${args.join(' ')} ended with ${code}:\n${out}\n${err}`)
  return JSON.parse(out) as T
}

/** With something piped in. */
export async function piped(person: Person, input: string, ...args: string[]) {
  const process = person.start(args, { stdio: ['pipe', 'pipe', 'pipe'] })
  process.child.stdin!.end(input)
  return process.ended
}

/** A command that the person must say otherwise: it ends with 2 and why, and answers nothing. */
export async function refused(person: Person, says: RegExp, ...args: string[]): Promise<void> {
  const { code, out, err } = await person.palabre(...args)
  assert.is(code, 2, `${args.join(' ')}\n${out}${err}`)
  assert.match(err, says)
  assert.is(out, '')
}

export const linkOf = (person: Person) => answered<{ link: string }>(person, 'invite', 'create').then(({ link }) => link)

/** The second accepts the first one's invite and both have a conversation: the first is there meanwhile. */
export async function meet(inviter: Person, guest: Person, names: readonly [string, string] = ['Ada', 'Bob']): Promise<void> {
  await inviter.palabre('id', 'name', names[0])
  await guest.palabre('id', 'name', names[1])
  await answered(guest, 'invite', 'accept', await linkOf(inviter))
  const waiting = inviter.start(['listen', '--json'])
  await answered(guest, 'send', '--to', names[0], '--message', 'we meet', '--wait', 'delivered', '--seconds', '60')
  await waiting.says('we meet')
  waiting.signal('SIGINT')
  await waiting.ended
}

/** Everything that was said, the oldest first. */
export async function conversation(person: Person, peer: string): Promise<readonly StoredMessage[]> {
  const { code, out, err } = await person.palabre('export', peer, '--format', 'json')
  if (code !== 0) throw new Error(`export ended with ${code}: ${err}`)
  return (JSON.parse(out) as { messages: StoredMessage[] }).messages
}

export const texts = async (person: Person, peer: string) => (await conversation(person, peer)).map(({ text }) => text)
