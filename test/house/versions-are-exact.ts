import type { House } from './house.ts'
import { lineOf, type Violation } from './violation.ts'

const fields = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies', 'overrides'] as const

/** Every version in every package.json is one version, so that two machines install the same thing; ours are the ones in this house. */
export function versionsAreExact(house: House): Violation[] {
  return house.paths
    .filter((path) => /(?:^|\/)package\.json$/.test(path))
    .flatMap((path) =>
      pins(house.json(path)).flatMap(([name, version]) => {
        const wrong = whatIsWrong(house, name, version)
        return wrong === undefined ? [] : [{ path, line: lineOf(house.text(path), `"${name}": `), says: wrong }]
      }),
    )
}

type Pin = readonly [name: string, version: string]

function pins(pkg: unknown): Pin[] {
  return fields.flatMap((field) => flatten((pkg as Record<string, unknown> | undefined)?.[field]))
}

/** `overrides` nest: a package name leads to a version or to the overrides below it. */
function flatten(list: unknown): Pin[] {
  return Object.entries(list ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : flatten(value),
  )
}

function whatIsWrong(house: House, name: string, version: string): string | undefined {
  if (!isExact(version)) return `asks for ${name} "${version}". Pin one exact version, such as "1.2.3".`
  const ours = name.startsWith('@palabre/') ? house.roomNamed(name)?.pkg.version : version
  if (ours === undefined) return `asks for ${name}, but no room has that name. Correct the name.`
  return ours === version ? undefined : `asks for ${name} "${version}", but the one in this house is "${ours}". Write that.`
}

const isExact = (version: string) => /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?$/.test(version)
