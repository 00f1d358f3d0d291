import {
  held,
  HolderLeft,
  openClaim,
  readNote,
  runAttached,
  waitForTurn,
  type Claim,
  type Globals,
} from '@palabre/host-cli/node-host'
import { PalabreError, text } from '@palabre/sdk'
import type { Asker } from '@palabre/sdk/contract/asker'
import type { Shown } from './window.ts'

/** What a second start asks of the first one; no plugin can bring a command of such a name. */
export const showCommand = '__show'

export interface Wanted {
  readonly want: 'window' | 'address'
  /** A link that the first one is to take over. */
  readonly link?: string | undefined
}

const patienceMs = 60_000

/** The profile, or what the desktop that has it already shows. Fails with `denied` when a command line holds it. */
export async function claimOrShow(
  globals: Globals,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<{ claim: Claim } | { shown: Shown }> {
  const { profileDir, plugins, profile } = globals
  const claim = openClaim(profileDir, { host: 'desktop', plugins: plugins ?? null, profile: profile ?? null })
  const turn = waitForTurn(globals, signal)
  while (!(await claim.take(true))) {
    const note = readNote(profileDir)
    if (note !== undefined && note.door !== null) {
      if (note.host !== 'desktop') throw held(note)
      const shown = await shownBy(note, wanted)
      if (shown !== undefined) return { shown }
    }
    await turn.next(note)
  }
  return { claim }
}

/** Undefined when it has just gone. */
async function shownBy(note: NonNullable<ReturnType<typeof readNote>>, { want, link }: Wanted): Promise<Shown | undefined> {
  const signal = AbortSignal.timeout(patienceMs)
  try {
    for await (const { data } of runAttached(
      note,
      { command: showCommand, args: { want, ...(link === undefined ? {} : { link }) }, lasts: false },
      { asker: nobody, signal },
    ))
      return data as Shown
  } catch (error) {
    if (error instanceof HolderLeft) return undefined
    throw signal.aborted ? silent() : error
  }
  throw silent()
}

const nobody: Asker = { isAttended: false, secret: async () => undefined }

function silent(): PalabreError {
  return new PalabreError('timed-out', text('the Palabre that is running does not answer', 'le Palabre qui tourne ne répond pas'), {
    todo: text('End it, then start again.', 'Arrêtez-le, puis relancez.'),
  })
}
