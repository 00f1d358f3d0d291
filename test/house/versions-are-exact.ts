import type { House, PackageJson } from './house.ts'
import { lineOf, type Violation } from './violation.ts'

const fields = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies', 'overrides'] as const

/** Every version in every package.json is one version, so that two machines install the same thing; ours are the ones in this house. */
export function versionsAreExact(house: House): Violation[] {
  return house.paths
    .filter((path) => /(?:^|\/)package\.json$/.test(path))
    .flatMap((path) =>
      pins(house.json(path) as PackageJson | undefined).flatMap(([name, version]) => {
        const wrong = whatIsWrong(house, name, version)
        return wrong === undefined ? [] : [{ path, line: lineOf(house.text(path), `"${name}": `), says: wrong }]
      }),
    )
}

function pins(pkg: object | undefined): [name: string, version: unknown][] {
  return fields.flatMap((field) => flatten((pkg as Record<string, unknown> | undefined)?.[field]))
}

/** `overrides` nest: a package name leads to a version or to the overrides below it. */
function flatten(list: unknown): [string, unknown][] {
  return Object.entries(list ?? {}).flatMap(([name, value]) =>
    typeof value === 'object' ? flatten(value) : [[name, value] as [string, unknown]],
  )
}

function whatIsWrong(house: House, name: string, version: unknown): string | undefined {
  if (!isExact(version)) return `asks for ${name} "${version}". Pin one exact version, such as "1.2.3".`
  const ours = name.startsWith('@palabre/') ? house.roomNamed(name)?.pkg.version : version
  if (ours === undefined) return `asks for ${name}, but no room has that name. Correct the name.`
  return ours === version ? undefined : `asks for ${name} "${version}", but the one in this house is "${ours}". Write that.`
}

const isExact = (version: unknown) =>
  typeof version === 'string' && /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?$/.test(version)
