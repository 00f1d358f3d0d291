import * as assert from 'uvu/assert'
import type { CliProcess, Person } from './cli-process.ts'
import { answered, conversation } from './two-talkers.ts'

/** `palabre listen`, once it answers: they are here. */
export async function listening(person: Person): Promise<CliProcess> {
  const process = person.start(['listen', '--json'])
  await untilSo(async () => (await person.palabre('net', 'info')).code === 0)
  return process
}

/** And away again, in good order. */
export async function left(process: CliProcess): Promise<void> {
  process.signal('SIGINT')
  assert.is((await process.ended).code, 0)
}

/** Here alone, until this has come from a mailbox and all that came is acknowledged to who wrote it. */
export async function collected(person: Person, text: string): Promise<void> {
  const process = person.start(['--json', 'messages', 'watch'])
  await process.says(text)
  await allTold(person)
  await left(process)
}

/** Here alone, until nothing of what they wrote waits any more: it is acknowledged, or given up. */
export async function settled(person: Person, peer: string): Promise<void> {
  const process = await listening(person)
  await allTold(person)
  await untilSo(async () =>
    (await conversation(person, peer)).every(({ mine, state }) => !mine || state === 'delivered' || state === 'failed'),
  )
  await left(process)
}

/** Every mailbox was asked, and nobody waits to hear from us. */
const allTold = (person: Person) =>
  untilSo(async () => {
    const { owed, mailboxes } = await answered<{ owed: number; mailboxes: readonly { readonly reached: boolean }[] }>(
      person,
      'mailbox',
      'status',
    )
    return owed === 0 && mailboxes.every(({ reached }) => reached)
  })

/** Both are here until each knows the other's mailbox and nothing waits. */
export async function mailboxesLearnt(ada: Person, bob: Person): Promise<void> {
  const both = [await listening(ada), await listening(bob)]
  for (const [person, peer] of [
    [ada, 'Bob'],
    [bob, 'Ada'],
  ] as const) {
    await untilSo(async () => (await answered<{ told: string[] }>(person, 'contacts', 'show', peer)).told.includes('mailbox'))
    await untilSo(async () => (await answered<readonly object[]>(person, 'outbox')).length === 0)
  }
  for (const one of both) await left(one)
}

/** Each look is a process of its own, so there is no need to rest in between. */
export async function untilSo(isSo: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; !(await isSo()); looks++) if (looks > 100) throw new Error(`not so: ${isSo.toString()}`)
}
