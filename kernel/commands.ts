import { isPalabreError, messageOf, PalabreError, text, type JsonSchema } from '@palabre/sdk'
import type { CommandRun, CommandSpec, Commands, Reply } from '@palabre/sdk/contract/command'
import { nearest } from './near.ts'
import { check } from './schema.ts'
import type { Unit } from './unit.ts'

/** Commands as manifests describe them, joined with the code that running plugins gave them. */
export interface CommandTable extends Commands {
  add(plugin: string, id: string, run: CommandRun<never>): () => void
}

export interface CommandTableSources {
  readonly units: ReadonlyMap<string, Unit>
  /** Runs plugin code under its name. */
  within<T>(plugin: string, fn: () => T): T
}

const noArguments: JsonSchema = { type: 'object', additionalProperties: false }

export function createCommandTable({ units, within }: CommandTableSources): CommandTable {
  const running = new Map<string, { plugin: string; run: CommandRun<never> }>()

  const described = () =>
    [...units.values()].flatMap(({ id: plugin, manifest }) => manifest.commands.map((spec) => ({ plugin, spec })))

  const find = (id: string): { spec: CommandSpec; plugin: string; run: CommandRun<never> } => {
    const known = described().filter(({ spec }) => spec.id === id)
    const live = running.get(id)
    const found = known.find(({ plugin }) => plugin === live?.plugin)
    if (found !== undefined && live !== undefined) return { ...found, run: live.run }
    if (known[0] !== undefined) throw switchedOff(id, units.get(known[0].plugin)!)
    throw unknownCommand(
      id,
      described().map(({ spec }) => spec.id),
    )
  }

  async function* stream(id: string, args: object = {}, options: { signal?: AbortSignal } = {}): AsyncGenerator<Reply> {
    const { spec, plugin, run } = find(id)
    const checked = checkArguments(spec, args) as never
    const stop = units.get(plugin)?.run?.lent.scope.signal
    const signal = AbortSignal.any([options.signal, stop].filter((one) => one !== undefined))
    try {
      const answer = within(plugin, () => run(checked, { signal }))
      if (Symbol.asyncIterator in answer) yield* answer
      else yield await answer
    } catch (error) {
      throw isPalabreError(error) ? error : failed(id, plugin, error)
    }
  }

  return {
    add(plugin, id, run) {
      const other = running.get(id)
      if (other !== undefined) throw taken(id, plugin, other.plugin)
      running.set(id, { plugin, run })
      return () => void running.delete(id)
    },
    list: () => described().map(({ plugin, spec }) => ({ ...spec, plugin, available: running.get(spec.id)?.plugin === plugin })),
    stream,
    async run(id, args, options) {
      let last: Reply = { data: undefined }
      for await (const reply of stream(id, args, options)) last = reply
      return last
    },
  }
}

function checkArguments(spec: CommandSpec, args: object): object {
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

function switchedOff(id: string, { id: plugin, reason }: Unit): PalabreError {
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
