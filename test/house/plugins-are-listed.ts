import { basename } from 'node:path'
import type { House } from './house.ts'
import { lineOf, type Violation } from './violation.ts'

const path = 'plugins.json'

interface PluginList {
  readonly plugins?: Readonly<Record<string, unknown>>
  readonly bindings?: Readonly<Record<string, string | readonly string[]>>
  readonly profiles?: Readonly<Record<string, PluginList>>
}

/** Every plugin in the house is named in plugins.json and enabled there or in a profile, the examples apart; what is named is there. */
export function pluginsAreListed(house: House): Violation[] {
  const shipped = (house.json(path) ?? {}) as PluginList
  const lists = [shipped, ...Object.values(shipped.profiles ?? {})]
  const present = house.rooms.filter((room) => room.kind === 'plugin').map((room) => basename(room.path))
  return [...unknown(house, lists, present), ...unlisted(lists, present)]
}

function unknown(house: House, lists: readonly PluginList[], present: readonly string[]): Violation[] {
  const named = new Set(
    lists.flatMap(({ plugins, bindings }) => [...Object.keys(plugins ?? {}), ...Object.values(bindings ?? {}).flat()]),
  )
  return [...named]
    .filter((id) => !present.includes(id))
    .map((id) => ({
      path,
      line: lineOf(house.text(path), `"${id}"`),
      says: `names ${id}, but there is no plugins/${id}. Correct the name or remove it.`,
    }))
}

function unlisted(lists: readonly PluginList[], present: readonly string[]): Violation[] {
  const named = (id: string) => lists.some(({ plugins }) => id in (plugins ?? {}))
  const enabled = (id: string) => lists.some(({ plugins }) => isEnabled(plugins?.[id]))
  return present
    .filter((id) => !(isExample(id) ? named(id) : enabled(id)))
    .map((id) => ({
      path: `plugins/${id}`,
      says: `is ${named(id) ? 'enabled nowhere' : 'not named'} in plugins.json. Enable it there or in a profile, or delete it.`,
    }))
}

/** The examples are there to be read and switched on by hand. */
const isExample = (id: string) => id.startsWith('example-')

const isEnabled = (entry: unknown) =>
  entry === true || (typeof entry === 'object' && entry !== null && (entry as { enabled?: unknown }).enabled !== false)
