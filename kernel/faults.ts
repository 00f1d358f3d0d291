import { isPalabreError, messageOf, PalabreError, text, type Code } from '@palabre/sdk'
import { limits } from './limits.ts'
import type { Timers } from './timers.ts'
import type { Fault, Unit } from './unit.ts'

/** Faults that trying again cannot mend: the plugin itself must change, or the person must do something. */
const beyondRetry: readonly Code[] = ['bad-plugin', 'bad-manifest', 'not-declared', 'wrong-version', 'denied']

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
  if (unit.crashes.length >= limits.crashes || beyondRetry.includes(told.code)) return givenUp(told)
  return { error: told, quarantined: false, retryAt: timers.now() + limits.retries[unit.crashes.length - 1]! }
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
