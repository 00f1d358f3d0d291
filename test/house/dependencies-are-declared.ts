import { eachImport, type Step } from './each-import.ts'
import type { House, PackageJson } from './house.ts'
import type { Violation } from './violation.ts'

/** What a room imports by name stands in its own package.json, so that the room works when it is installed alone. */
export function dependenciesAreDeclared(house: House): Violation[] {
  return eachImport(house).flatMap((step) => {
    const name = packageImported(step)
    if (name === undefined || declared(step.room.pkg, step.from.isTest).has(name)) return []
    return [{ path: step.from.path, line: step.import.line, says: `imports ${name}: ${advice(step, name)}` }]
  })
}

function packageImported({ room, target }: Step): string | undefined {
  if (target.kind === 'package' || target.kind === 'no-room') return target.name
  return target.kind === 'room' && target.room !== room ? target.room.pkg.name : undefined
}

function declared(pkg: PackageJson, isTest: boolean): Set<string> {
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = pkg
  return new Set(
    [dependencies, peerDependencies, optionalDependencies, isTest ? devDependencies : {}].flatMap((list) =>
      Object.keys(list ?? {}),
    ),
  )
}

function advice({ room }: Step, name: string): string {
  if (name in (room.pkg.devDependencies ?? {})) return `${room.path}/package.json has it for tests only. Move it to "dependencies".`
  return `add it, with its exact version, to the dependencies in ${room.path}/package.json.`
}
