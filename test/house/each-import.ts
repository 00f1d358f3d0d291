import type { Import } from './find-imports.ts'
import type { House, Room } from './house.ts'
import { resolveImport, type Target } from './resolve-import.ts'
import type { SourceFile } from './source-file.ts'

export interface Step {
  readonly from: SourceFile
  readonly room: Room
  readonly import: Import
  readonly target: Target
}

/** Every import of every room, with what it leads to. `declare module 'x'` describes x and imports nothing: it is left out. */
export function eachImport(house: House): Step[] {
  return house.rooms.flatMap((room) =>
    room.sources.flatMap((from) =>
      from.imports
        .filter((one) => !one.ambient)
        .map((one) => ({ from, room, import: one, target: resolveImport(house, from, one) })),
    ),
  )
}
