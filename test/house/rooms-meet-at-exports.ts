import { posix } from 'node:path'
import { eachImport, type Step } from './each-import.ts'
import type { House } from './house.ts'
import type { Violation } from './violation.ts'

/** A room is reached by its package name and through its `exports`; a relative path stays inside its room. */
export function roomsMeetAtExports(house: House): Violation[] {
  return eachImport(house).flatMap((step) => {
    const wrong = whatIsWrong(house, step)
    return wrong === undefined ? [] : [{ path: step.from.path, line: step.import.line, says: wrong }]
  })
}

function whatIsWrong(house: House, { room, import: { specifier }, target }: Step): string | undefined {
  if (target.kind === 'absolute') return `imports ${specifier}. Import a package by its name instead.`
  if (target.kind === 'no-room') return `imports ${specifier}, but no room has that name. Correct the name.`
  if (target.kind === 'private' && target.files.length === 0)
    return `imports ${specifier}, which the "imports" of ${room.path}/package.json do not name. Add it there.`
  if (target.kind === 'room') return notExported(house, specifier, target)
  const leaving = 'files' in target && target.files.some((file) => house.roomOf(file) !== room)
  return leaving ? `leaves ${room.path} by the path ${specifier}. Reach the other room by its package name.` : undefined
}

function notExported(
  house: House,
  specifier: string,
  { room, subpath, files }: Step['target'] & { kind: 'room' },
): string | undefined {
  if (files.length === 0)
    return `imports ${specifier}, but ${room.path}/package.json does not export ${subpath}. Export it there or use what is exported.`
  const missing = files.map((file) => posix.normalize(file)).find((file) => !house.has(file))
  return missing === undefined
    ? undefined
    : `imports ${specifier}, which leads to ${missing}, a file that does not exist. Correct the name or the exports.`
}
