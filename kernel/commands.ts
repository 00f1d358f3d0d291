import { isPalabreError, messageOf, PalabreError, text, type JsonSchema } from '@palabre/sdk'
import type { CommandRun, CommandSpec, Commands, Reply } from '@palabre/sdk/contract/command'
import { answersOf, cancelled } from './answers.ts'
import { cutShort } from './cut-short.ts'
import { nearest } from './near.ts'
import { pollutedPath } from './pollution.ts'
import { check } from './schema.ts'
import type { Timers } from './timers.ts'
import { isMadeForHere, type Unit } from './unit.ts'

/** Commands as manifests describe them, joined with the code that running plugins gave them. */
export interface CommandTable {
  /** What plugins and hosts hold of it. */
  readonly commands: Commands
  add(plugin: string, id: string, run: CommandRun<never>): () => void
}

export interface CommandTableSources {
  readonly units: ReadonlyMap<string, Unit>
  readonly timers: Timers
  /** Runs plugin code under its name. */
  within<T>(plugin: string, fn: () => T): T
}

const noArguments: JsonSchema = { type: 'object', additionalProperties: false }

export function createCommandTable({ units, timers, within }: CommandTableSources): CommandTable {
  const running = new Map<string, { readonly unit: Unit; readonly run: CommandRun<never> }>()

  const described = () => [...units.values()].flatMap((unit) => unit.manifest.commands.map((spec) => ({ unit, spec })))

  const find = (id: string) => {
    const known = described().filter(({ spec }) => spec.id === id)
    const live = running.get(id)
    const found = known.find(({ unit }) => unit === live?.unit)
    const life = live?.unit.run
    if (found !== undefined && live !== undefined && life?.lent.scope.signal.aborted === false)
      return { ...found, run: live.run, life }
    const ours = known.find(({ unit }) => isMadeForHere(unit)) ?? known[0]
    if (ours !== undefined) throw notAvailable(id, ours.unit)
    throw unknownCommand(
      id,
      described().map(({ spec }) => spec.id),
    )
  }

  async function* stream(id: string, args: object = {}, options: { signal?: AbortSignal } = {}): AsyncGenerator<Reply> {
    const { spec, unit, run, life } = find(id)
    const plugin = unit.id
    const stop = life.lent.scope.signal
    const checked = checkArguments(spec, args) as never
    const { signal: caller } = options
    try {
      yield* answersOf(timers, run, checked, {
        id,
        plugin,
        caller,
        stop,
        within: (fn) => within(plugin, fn),
      })
    } catch (error) {
      if (isPalabreError(error) && error !== stop.reason) throw error
      if (caller?.aborted === true) throw cancelled(id, plugin, error)
      throw stop.aborted ? cutShort(unit, life) : failed(id, plugin, error)
    }
    if (spec.streams === true && stop.aborted && caller?.aborted !== true) throw cutShort(unit, life)
  }

  return {
    commands: Object.freeze<Commands>({
      list: () =>
        described().map(({ unit, spec }) => ({ ...spec, plugin: unit.id, available: running.get(spec.id)?.unit === unit })),
      stream,
      async run(id, args, options) {
        let last: Reply = { data: undefined }
        for await (const reply of stream(id, args, options)) last = reply
        return last
      },
    }),
    add(plugin, id, run) {
      const other = running.get(id)
      if (other !== undefined) throw taken(id, plugin, other.unit.id)
      running.set(id, { unit: units.get(plugin)!, run })
      return () => void running.delete(id)
    },
  }
}

function checkArguments(spec: CommandSpec, args: object): object {
  const polluted = pollutedPath(args)
  if (polluted !== undefined)
    throw new PalabreError(
      'bad-argument',
      text(`${spec.id}: ${polluted.slice(1)} is a forbidden key`, `${spec.id} : ${polluted.slice(1)} est une clé interdite`),
    )
  const { value, problems } = check(args, spec.args ?? noArguments)
  const first = problems[0]
  if (first === undefined) return value as object
  const where = first.path === '/' ? '' : ` ${first.path.slice(1)}`
  throw new PalabreError('bad-argument', text(`${spec.id}:${where} ${first.text.en}`, `${spec.id} :${where} ${first.text.fr}`), {
    todo: text(`See: palabre ${spec.id.replaceAll('.', ' ')} --help`, `Voyez : palabre ${spec.id.replaceAll('.', ' ')} --help`),
  })
}

function failed(id: string, plugin: string, error: unknown): PalabreError {
  const message = messageOf(error)
  return new PalabreError(
    'plugin-failed',
    text(`"${id}" failed in the plugin ${plugin}: ${message}`, `« ${id} » a échoué dans le plugin ${plugin} : ${message}`),
    {
      plugin,
      cause: error,
    },
  )
}

/** Its plugin does not run, or runs and has given it no code now. */
function notAvailable(id: string, { id: plugin, phase, reason }: Unit): PalabreError {
  if (phase === 'running') {
    return new PalabreError(
      'switched-off',
      text(
        `"${id}" comes with the plugin ${plugin}, which runs and does not offer it now`,
        `« ${id} » vient du plugin ${plugin}, qui fonctionne et ne l’offre pas maintenant`,
      ),
    )
  }
  return new PalabreError(
    'switched-off',
    text(
      `"${id}" comes with the plugin ${plugin}, which does not run${reason === undefined ? '' : `: ${reason.text.en}`}`,
      `« ${id} » vient du plugin ${plugin}, qui ne fonctionne pas${reason === undefined ? '' : ` : ${reason.text.fr}`}`,
    ),
    {
      todo: reason?.todo ?? text(`Switch it on: palabre plugins enable ${plugin}`, `Activez-le : palabre plugins enable ${plugin}`),
    },
  )
}

function unknownCommand(id: string, known: readonly string[]): PalabreError {
  const near = nearest(id, known)
  return new PalabreError('unknown-command', text(`there is no command "${id}"`, `il n’y a pas de commande « ${id} »`), {
    ...(near[0] === undefined
      ? {}
      : { todo: text(`Did you mean "${near.join('" or "')}"?`, `Vouliez-vous dire « ${near.join(' » ou « ')} » ?`) }),
  })
}

function taken(id: string, plugin: string, other: string): PalabreError {
  return new PalabreError(
    'bad-plugin',
    text(
      `${plugin} brings the command "${id}", which ${other} brings already`,
      `${plugin} apporte la commande « ${id} », que ${other} apporte déjà`,
    ),
    {
      plugin,
      todo: text(`Switch off ${other} or ${plugin}.`, `Désactivez ${other} ou ${plugin}.`),
    },
  )
}
