import { isPalabreError, messageOf, PalabreError, text, type Code } from '@palabre/sdk'
import type { Timers } from './timers.ts'
import type { Fault, Unit } from './unit.ts'

export const limits = {
  start: 10_000,
  stop: 5_000,
  /** To let go of a provider that leaves; shorter than a stop, so that the slow one is blamed and not the provider. */
  leave: 2_000,
  /** To end a command whose caller has gone. */
  answer: 2_000,
  /** To take changed settings while running. */
  config: 5_000,
  /** Waits before the first, second and third retry; after that, quarantine. */
  retries: [1_000, 4_000, 16_000],
  crashes: 3,
  crashWindow: 5 * 60_000,
} as const

/** Faults that trying again cannot mend: the plugin itself must change. */
const beyondRetry: readonly Code[] = ['bad-plugin', 'bad-manifest', 'not-declared', 'wrong-version']

/** What follows a start that failed: a retry, later each time, or quarantine. */
export function faultOfStart(unit: Unit, error: unknown, timers: Timers): Fault {
  const told = asPluginError(unit.id, error, 'did not start', 'n’a pas démarré')
  unit.attempt += 1
  const delay = beyondRetry.includes(told.code) ? undefined : limits.retries[unit.attempt - 1]
  return delay === undefined ? givenUp(told) : { error: told, quarantined: false, retryAt: timers.now() + delay }
}

/** What follows a crash while running. Three within five minutes are enough. */
export function faultOfCrash(unit: Unit, error: unknown, timers: Timers): Fault {
  const told = asPluginError(unit.id, error, 'crashed', 's’est arrêté brutalement')
  const now = timers.monotonic()
  unit.crashes = [...unit.crashes.filter((at) => now - at < limits.crashWindow), now]
  if (unit.crashes.length >= limits.crashes) return givenUp(told)
  return { error: told, quarantined: false, retryAt: timers.now() + limits.retries[unit.crashes.length - 1]! }
}

export function tooSlow(id: string, doing: keyof typeof slowness, ms: number): PalabreError {
  const seconds = ms / 1000
  const { en, fr } = slowness[doing]
  return new PalabreError(
    'plugin-too-slow',
    text(`${id} ${en.replace('#', `${seconds}`)}`, `${id} ${fr.replace('#', `${seconds}`)}`),
    { plugin: id },
  )
}

const slowness = {
  start: text('did not start within # s', 'n’a pas démarré en # s'),
  stop: text('did not stop within # s and was left behind', 'ne s’est pas arrêté en # s et a été abandonné'),
  leave: text('did not let go of a provider within # s', 'n’a pas lâché un fournisseur en # s'),
  config: text('did not take its new settings within # s', 'n’a pas pris ses nouveaux réglages en # s'),
}

export function givenUp(error: PalabreError): Fault {
  return { error, quarantined: true }
}

function asPluginError(id: string, error: unknown, en: string, fr: string): PalabreError {
  const again = text(`Try again: palabre plugins enable ${id}`, `Réessayez : palabre plugins enable ${id}`)
  if (isPalabreError(error))
    return error.todo === undefined ? new PalabreError(error.code, error.text, { plugin: id, todo: again, cause: error }) : error
  const message = messageOf(error)
  return new PalabreError('plugin-failed', text(`${id} ${en}: ${message}`, `${id} ${fr} : ${message}`), {
    plugin: id,
    todo: again,
    cause: error,
  })
}
