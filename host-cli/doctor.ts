import { plural, PalabreError, text } from '@palabre/sdk'
import { reply, type Reply } from '@palabre/sdk/contract/command'
import { findingsText, type Finding } from '@palabre/sdk/contract/finding'
import { callsHere, callsThere } from './terminal/calls.ts'
import type { Globals } from './globals.ts'
import { readNote } from './hold-file.ts'
import { lookAtMachine } from './machine.ts'
import { refuseHeld, waitForTurn } from './other-holder.ts'
import type { Shower } from './show.ts'
import { withHost, type Place } from './with-host.ts'

/** Looks at the machine, starts everything (or asks the Palabre that is up), and tells all that could be wrong. */
export async function doctor(globals: Globals, shower: Shower): Promise<void> {
  const machine = lookAtMachine(globals)
  if (!globals.json) shower.reply(reply(machine, findingsText(machine)))
  let inside: readonly Finding[] = []
  await withHost(globals, async (place) => {
    const answer = await askInside(globals, place)
    inside = answer.data as readonly Finding[]
    if (!globals.json) shower.reply(answer)
  })
  const all = [...machine, ...inside]
  if (globals.json) shower.reply(reply(all))
  complain(all)
}

async function askInside(globals: Globals, { host, claim, interrupted }: Place): Promise<Reply> {
  const turn = waitForTurn(globals, interrupted)
  while (!(await claim.take(false))) {
    const note = readNote(globals.profileDir)
    if (note !== undefined && note.door !== null) {
      refuseHeld(note, globals)
      return callsThere(note, host.asker, interrupted).run('checkup')
    }
    await turn.next(note)
  }
  await host.start()
  return callsHere(host.kernel, interrupted).run('checkup')
}

/** By its exit code: 1 when something of ours is broken, 2 when somebody must change something. */
function complain(all: readonly Finding[]): void {
  const wrong = all.filter(({ level }) => level === 'fault' || level === 'setting')
  if (wrong.length === 0) return
  const isOurs = wrong.some(({ level }) => level === 'fault')
  throw new PalabreError(
    isOurs ? 'plugin-failed' : 'bad-settings',
    plural(wrong.length, {
      en: { one: 'one thing is wrong', other: '# things are wrong' },
      fr: { one: 'une chose ne va pas', other: '# choses ne vont pas' },
    }),
    { todo: text('They are marked with ! or ✗ above.', 'Elles portent ci-dessus un ! ou un ✗.') },
  )
}
