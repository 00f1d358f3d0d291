import { posix } from 'node:path'
import { eachImport } from './each-import.ts'
import type { House, Room } from './house.ts'
import { filesOf } from './resolve-import.ts'
import type { SourceFile } from './source-file.ts'
import type { Violation } from './violation.ts'

/** An index lists by name what its folder offers, and who lives in the folder does not go through it. */
export function indexOnlyLists(house: House): Violation[] {
  return [...house.rooms.flatMap(doesMore), ...selfImports(house)]
}

const isIndex = (path: string) => /(?:^|\/)index\.[cm]?[jt]s$/.test(path)

function doesMore(room: Room): Violation[] {
  return room.sources
    .filter((source) => isIndex(source.path))
    .flatMap((index) => (isWiring(room, index) ? [] : statementsTooMany(index)))
}

/** The index of a plugin is where it is defined. */
const isWiring = (room: Room, { path }: SourceFile) => room.kind === 'plugin' && path === `${room.path}/index.ts`

function statementsTooMany(index: SourceFile): Violation[] {
  const note = (node: { start: number }, says: string) => ({ path: index.path, line: index.lineAt(node.start), says })
  return index.program.body.flatMap((node) => {
    if (node.type === 'ExportAllDeclaration' && !node.exported) return [note(node, 'exports everything of a file. List the names.')]
    if (node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source)) return []
    return [note(node, 'does more than list names. Move this to a file named after it.')]
  })
}

/** A test may: it looks at the folder from outside. */
function selfImports(house: House): Violation[] {
  return eachImport(house).flatMap(({ from, room, import: { line, specifier }, target }) => {
    const own = filesOf(target).find((file) => isIndex(file) && house.roomOf(file) === room && isAbove(file, from.path))
    if (own === undefined || from.isTest) return []
    return [{ path: from.path, line, says: `imports its own index (${specifier}). Import the file that has the thing.` }]
  })
}

const isAbove = (index: string, path: string) => path.startsWith(`${posix.dirname(posix.normalize(index))}/`)
