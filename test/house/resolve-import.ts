import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { House, PackageJson, Room } from './house.ts'
import type { Import } from './find-imports.ts'
import type { SourceFile } from './source-file.ts'

/** What a specifier leads to. `files` are all candidates: one subpath may have a file for Node and one for browsers. */
export type Target =
  | { readonly kind: 'file'; readonly files: readonly string[] }
  | { readonly kind: 'room'; readonly room: Room; readonly subpath: string; readonly files: readonly string[] }
  | { readonly kind: 'no-room'; readonly name: string }
  | { readonly kind: 'builtin' }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'private'; readonly files: readonly string[] }
  | { readonly kind: 'absolute' }
  | { readonly kind: 'virtual' }

export function resolveImport(house: House, from: SourceFile, { specifier: written }: Import): Target {
  const specifier = written.replace(/\?.*$/, '')
  if (/^\.\.?(?:\/|$)/.test(specifier)) return { kind: 'file', files: [posix.join(posix.dirname(from.path), specifier)] }
  if (specifier.startsWith('#')) return { kind: 'private', files: privateFiles(house.roomOf(from.path), specifier) }
  if (isBuiltin(specifier)) return { kind: 'builtin' }
  if (/^(?:\/|file:|https?:|data:)/.test(specifier)) return { kind: 'absolute' }
  if (/^[a-z-]+:/.test(specifier)) return { kind: 'virtual' }
  const name = packageName(specifier)
  if (!name.startsWith('@palabre/')) return { kind: 'package', name }
  const room = house.roomNamed(name)
  if (!room) return { kind: 'no-room', name }
  const subpath = `.${specifier.slice(name.length)}`
  return { kind: 'room', room, subpath, files: exportedFiles(room.pkg, subpath).map((file) => posix.join(room.path, file)) }
}

/** The files of ours an import leads to. */
export function filesOf(target: Target): readonly string[] {
  return 'files' in target ? target.files : []
}

const packageName = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

function exportedFiles({ exports }: PackageJson, subpath: string): string[] {
  return subpathFiles(isSubpathMap(exports) ? exports : { '.': exports }, subpath)
}

function privateFiles(room: Room | undefined, specifier: string): string[] {
  if (!room || !isRecord(room.pkg.imports)) return []
  return subpathFiles(room.pkg.imports, specifier).map((file) => posix.join(room.path, file))
}

function subpathFiles(map: Record<string, unknown>, subpath: string): string[] {
  if (subpath in map) return leaves(map[subpath])
  for (const [pattern, target] of Object.entries(map)) {
    const [before, after] = pattern.split('*')
    if (after === undefined || !subpath.startsWith(before!) || !subpath.endsWith(after)) continue
    const matched = subpath.slice(before!.length, subpath.length - after.length)
    return leaves(target).map((leaf) => leaf.replaceAll('*', matched))
  }
  return []
}

/** All files under nested conditions, whatever the platform. */
function leaves(target: unknown): string[] {
  if (typeof target === 'string') return [target]
  return isRecord(target) ? Object.values(target).flatMap(leaves) : []
}

const isSubpathMap = (exports: unknown): exports is Record<string, unknown> =>
  isRecord(exports) && Object.keys(exports).every((key) => key.startsWith('.'))

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
