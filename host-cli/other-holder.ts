import { setTimeout as sleep } from 'node:timers/promises'
import { PalabreError, text, type Text } from '@palabre/sdk'
import type { CommandSpec } from '@palabre/sdk/contract/command'
import type { Globals } from './globals.ts'
import type { HoldNote } from './hold-file.ts'

/** Waits for a command that runs elsewhere to end; says so when that takes a while. */
export function waitForTurn({ language, json }: Globals, signal: AbortSignal) {
  const since = performance.now()
  let isSaid = false
  return {
    async next(note: HoldNote | undefined): Promise<void> {
      // Nobody is told when a lock is given up; chance keeps those who wait apart.
      await sleep(20 + Math.random() * 40, undefined, { signal })
      if (isSaid || note === undefined || performance.now() - since < 2000) return
      isSaid = true
      if (!json) process.stderr.write(`${waits(note)[language]}\n`)
    },
  }
}

/** Another plugins.json or another profile than the ones this line names. */
export function isHeldOtherwise(note: HoldNote, { plugins, profile }: Globals): boolean {
  return note.plugins !== (plugins ?? null) || note.profile !== (profile ?? null)
}

/** What tells of the one that is up takes it as it is. */
export function refuseHeld(note: HoldNote, globals: Globals, { ofRunning }: Pick<CommandSpec, 'ofRunning'> = {}): void {
  if (globals.attach === 'never') throw held(note)
  if (ofRunning !== true && isHeldOtherwise(note, globals)) throw heldOtherwise(note)
}

export function ranIn({ pid }: HoldNote, { language, json }: Globals): void {
  const said = text(`(run in the Palabre that is up, process ${pid})`, `(exécuté dans le Palabre en marche, processus ${pid})`)
  if (!json) process.stderr.write(`${said[language]}\n`)
}

export function held({ pid, host }: HoldNote): PalabreError {
  return new PalabreError(
    'denied',
    text(
      `another Palabre (${host}, process ${pid}) uses this profile`,
      `un autre Palabre (${host}, processus ${pid}) utilise ce profil`,
    ),
    {
      todo: text(
        'End it first, or name another folder: --profile-dir',
        'Arrêtez-le d’abord, ou nommez un autre dossier : --profile-dir',
      ),
    },
  )
}

export function noneRuns(): PalabreError {
  return new PalabreError('unreachable', text('no Palabre is up in this profile', 'aucun Palabre n’est en marche dans ce profil'), {
    todo: text(
      'Start it first (palabre run, palabre relay), or name the folder of the one that is up: --profile-dir',
      'Lancez-le d’abord (palabre run, palabre relay), ou nommez le dossier de celui qui est en marche : --profile-dir',
    ),
  })
}

function heldOtherwise(note: HoldNote): PalabreError {
  const { en, fr } = flagsOf(note)
  return new PalabreError(
    'denied',
    text(
      `the Palabre that uses this profile (process ${note.pid}) runs ${en}`,
      `le Palabre qui utilise ce profil (processus ${note.pid}) tourne ${fr}`,
    ),
    { todo: text('Use the same options, or end it first.', 'Employez les mêmes options, ou arrêtez-le d’abord.') },
  )
}

function flagsOf({ plugins, profile }: HoldNote): Text {
  const flags = [...(plugins === null ? [] : [`--plugins ${plugins}`]), ...(profile === null ? [] : [`--profile ${profile}`])]
  return flags.length === 0
    ? text('without --plugins and --profile', 'sans --plugins ni --profile')
    : text(`with ${flags.join(' ')}`, `avec ${flags.join(' ')}`)
}

function waits({ pid }: HoldNote): Text {
  return text(
    `waiting for another command in this profile (process ${pid})`,
    `en attente d’une autre commande dans ce profil (processus ${pid})`,
  )
}
