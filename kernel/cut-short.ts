import { PalabreError, text } from '@palabre/sdk'
import type { Fault, Run, Unit } from './unit.ts'

/** Why a command that goes on until it is ended has ended by itself: its plugin did, or one that this needed. */
export function cutShort(unit: Unit, run: Run): PalabreError {
  const cause = causeOf(unit, run) ?? unit
  if (cause.fault !== undefined) return hasFailed(cause.id, cause.fault)
  return cause.wanted ? hasStopped(cause.id) : wasSwitchedOff(cause.id)
}

/** Whoever is needed stops last, so that what has become of them can be seen now. */
function causeOf(unit: Unit, run: Run | undefined): Unit | undefined {
  if (unit.fault !== undefined || !unit.wanted) return unit
  for (const provider of run?.providers.values() ?? []) {
    const cause = causeOf(provider, provider.run)
    if (cause !== undefined) return cause
  }
  return undefined
}

function hasFailed(plugin: string, { error }: Fault): PalabreError {
  return new PalabreError(
    error.code,
    text(`the plugin ${plugin} has stopped: ${error.text.en}`, `le plugin ${plugin} s’est arrêté : ${error.text.fr}`),
    { plugin, cause: error, todo: error.todo ?? seeWhy(plugin) },
  )
}

function wasSwitchedOff(plugin: string): PalabreError {
  return new PalabreError(
    'switched-off',
    text(`the plugin ${plugin} was switched off meanwhile`, `le plugin ${plugin} a été désactivé entre-temps`),
    { plugin, todo: text(`Switch it on: palabre plugins enable ${plugin}`, `Activez-le : palabre plugins enable ${plugin}`) },
  )
}

function hasStopped(plugin: string): PalabreError {
  return new PalabreError(
    'closed',
    text(`the plugin ${plugin} has stopped or begun anew meanwhile`, `le plugin ${plugin} s’est arrêté ou a redémarré entre-temps`),
    { plugin, todo: seeWhy(plugin) },
  )
}

function seeWhy(plugin: string) {
  return text(
    `See how it is, then try again: palabre plugins why ${plugin}`,
    `Voyez où il en est, puis réessayez : palabre plugins why ${plugin}`,
  )
}
