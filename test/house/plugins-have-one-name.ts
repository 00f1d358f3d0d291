import { basename } from 'node:path'
import type { House, Room } from './house.ts'
import type { Violation } from './violation.ts'

/** The folder, the package, the manifest: one name and one version for one plugin. */
export function pluginsHaveOneName(house: House): Violation[] {
  return house.rooms.filter((room) => room.kind === 'plugin').flatMap(mismatches)
}

function mismatches({ path, pkg, manifest }: Room): Violation[] {
  const id = basename(path)
  const facts = [
    { file: 'package.json', key: 'name', is: pkg.name, shouldBe: `@palabre/${id}` },
    { file: 'manifest.json', key: 'id', is: manifest?.id, shouldBe: id },
    { file: 'manifest.json', key: 'version', is: manifest?.version, shouldBe: pkg.version },
  ]
  return facts
    .filter(({ is, shouldBe }) => is !== shouldBe)
    .map(({ file, key, is, shouldBe }) => ({
      path: `${path}/${file}`,
      says: `has the ${key} ${JSON.stringify(is)}. Folder, package and manifest share name and version: write ${JSON.stringify(shouldBe)}.`,
    }))
}
