import { createSourceFile, isSource, type SourceFile } from './source-file.ts'

/** What the rules look at: every file of the repository, sorted into rooms. Paths are relative to the root, with `/`. */
export interface House {
  readonly paths: readonly string[]
  readonly rooms: readonly Room[]
  readonly sources: readonly SourceFile[]
  has(path: string): boolean
  text(path: string): string
  /** The parsed file; `undefined` when it is absent or broken (a rule of its own reports broken JSON). */
  json(path: string): unknown
  roomOf(path: string): Room | undefined
  roomNamed(packageName: string): Room | undefined
}

export interface Room {
  /** The folder, which is also the room's name: `sdk`, `host-cli`, `plugins/log-console`. */
  readonly path: string
  readonly kind: RoomKind
  readonly pkg: PackageJson
  /** Only a plugin has one. */
  readonly manifest: Manifest | undefined
  readonly paths: readonly string[]
  readonly sources: readonly SourceFile[]
}

type RoomKind = 'sdk' | 'kernel' | 'plugin' | 'host' | 'test'

export interface PackageJson {
  readonly name?: string
  readonly version?: string
  readonly private?: boolean
  readonly exports?: unknown
  readonly imports?: unknown
  readonly dependencies?: Dependencies
  readonly devDependencies?: Dependencies
  readonly peerDependencies?: Dependencies
  readonly optionalDependencies?: Dependencies
}

type Dependencies = Readonly<Record<string, string>>

/** A manifest as its author wrote it: nothing filled in, nothing checked. */
export interface Manifest {
  readonly id?: string
  readonly version?: string
  readonly hosts?: readonly string[]
  readonly needs?: readonly string[]
  readonly optional?: readonly string[]
  readonly provides?: readonly string[]
  readonly hooks?: { readonly taps?: readonly string[]; readonly calls?: readonly string[] }
  readonly commands?: readonly { readonly id?: string }[]
}

export function buildHouse(files: ReadonlyMap<string, string>): House {
  const paths = [...files.keys()].toSorted()
  const sources = paths.filter(isSource).map((path) => createSourceFile(path, files.get(path)!))
  const json = (path: string) => parse(files.get(path))
  const rooms = roomPaths(paths).map((path) => buildRoom(path, paths, sources, json))
  return {
    paths,
    rooms,
    sources,
    has: (path) => files.has(path),
    text: (path) => files.get(path) ?? '',
    json,
    roomOf: (path) => rooms.find((room) => path === room.path || path.startsWith(`${room.path}/`)),
    roomNamed: (name) => rooms.find((room) => room.pkg.name === name),
  }
}

function roomPaths(paths: readonly string[]): string[] {
  const inRoom = /^(?:sdk|kernel|test|host-[^/]+|plugins\/[^/]+)(?=\/)/
  return [...new Set(paths.flatMap((path) => inRoom.exec(path) ?? []))]
}

function buildRoom(path: string, paths: readonly string[], sources: readonly SourceFile[], json: (path: string) => unknown): Room {
  const inside = (other: string) => other.startsWith(`${path}/`)
  return {
    path,
    kind: roomKind(path),
    pkg: json(`${path}/package.json`) ?? {},
    manifest: json(`${path}/manifest.json`) as Manifest | undefined,
    paths: paths.filter(inside),
    sources: sources.filter((source) => inside(source.path)),
  }
}

function roomKind(path: string): RoomKind {
  if (path.startsWith('plugins/')) return 'plugin'
  if (path.startsWith('host-')) return 'host'
  return path as 'sdk' | 'kernel' | 'test'
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
