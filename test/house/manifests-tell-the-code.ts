import { hookLabel, isPlugin, labelOf, type Plugin } from '@palabre/sdk'
import type { House, Manifest, Room } from './house.ts'
import { literal } from './literal.ts'
import { lineOf, type Violation } from './violation.ts'

/** What each plugin's index.ts exports as `plugin`, by the plugin's folder. */
export type Codes = ReadonlyMap<string, unknown>

/** A manifest is read before any code runs, so it tells what the code will do: the same tokens, hooks and commands. */
export function manifestsTellTheCode(house: House, codes: Codes): Violation[] {
  return house.rooms.flatMap((room) => {
    if (room.kind !== 'plugin' || !room.manifest) return []
    const plugin = codes.get(room.path)
    if (!isPlugin(plugin))
      return [{ path: `${room.path}/index.ts`, says: 'exports no plugin. Write: export const plugin = definePlugin({ … }).' }]
    return [...declarations(room, room.manifest, plugin), ...commands(house, room, room.manifest)]
  })
}

function declarations(room: Room, manifest: Manifest, plugin: Plugin): Violation[] {
  const needs = Object.values(plugin.needs)
  return [
    ...differences(room, 'needs', manifest.needs, needs.filter((need) => need.kind !== 'optional').map(labelOf)),
    ...differences(
      room,
      'optional',
      manifest.optional,
      needs.filter((need) => need.kind === 'optional').map((need) => labelOf(need.token)),
    ),
    ...differences(room, 'provides', manifest.provides, [...Object.values(plugin.provides), ...plugin.contributes].map(labelOf)),
    ...differences(room, 'hooks.taps', manifest.hooks?.taps, plugin.taps.map(hookLabel)),
    ...differences(room, 'hooks.calls', manifest.hooks?.calls, plugin.calls.map(hookLabel)),
  ]
}

function differences({ path }: Room, field: string, told: readonly string[] = [], done: readonly string[]): Violation[] {
  const onlyDone = done.filter((label) => !told.includes(label))
  const onlyTold = told.filter((label) => !done.includes(label))
  return [
    ...onlyDone.map((label) => ({
      path: `${path}/manifest.json`,
      says: `does not name ${label} under ${field}, as index.ts does. Add it.`,
    })),
    ...onlyTold.map((label) => ({
      path: `${path}/manifest.json`,
      says: `names ${label} under ${field}, and index.ts does not. Remove it or declare it.`,
    })),
  ]
}

/** Commands get their code in `start`, by `scope.command('id', …)`; where the id is computed, only the test host can tell. */
function commands(house: House, room: Room, { commands: told = [] }: Manifest): Violation[] {
  const given = room.sources.filter((source) => !source.isTest).flatMap(commandsGiven)
  const strangers = given.filter(({ id }) => id !== undefined && !told.some((command) => command.id === id))
  const idle = given.some(({ id }) => id === undefined) ? [] : told.filter((command) => !given.some(({ id }) => id === command.id))
  const manifest = `${room.path}/manifest.json`
  return [
    ...strangers.map(({ path, line, id }) => ({
      path,
      line,
      says: `gives code to the command ${id}, which the manifest does not describe. Describe it.`,
    })),
    ...idle.map(({ id }) => ({
      path: manifest,
      line: lineOf(house.text(manifest), `"${id}"`),
      says: `describes the command ${id}, to which no code is given. Write scope.command('${id}', …) or remove it.`,
    })),
  ]
}

function commandsGiven(source: Room['sources'][number]) {
  const given: { path: string; line: number; id: string | undefined }[] = []
  if (!source.text.includes('command')) return given
  source.visit({
    CallExpression({ callee, arguments: [first], start }) {
      const isCommand = callee.type === 'MemberExpression' && !callee.computed && callee.property.name === 'command'
      if (isCommand) given.push({ path: source.path, line: source.lineAt(start), id: literal(first) })
    },
  })
  return given
}
