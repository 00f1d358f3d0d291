import { eachImport } from './each-import.ts'
import { globalsUsed, type GlobalUse } from './globals-used.ts'
import type { House, Room } from './house.ts'
import type { SourceFile } from './source-file.ts'
import type { Violation } from './violation.ts'

/** Global names that Node has and a page has not. */
const nodeGlobals = [
  'process',
  'Buffer',
  'global',
  'require',
  '__dirname',
  '__filename',
  'setImmediate',
  'clearImmediate',
  'NodeJS',
]

/** Code that can run in a page knows nothing of Node: no built-in module, no Node global, no Node types, no file made for Node. */
export function webCodeIsPortable(house: House): Violation[] {
  const portable = new Set(house.rooms.flatMap((room) => room.sources.filter((source) => runsInPages(room, source))))
  return [...nodeImports(house, portable), ...[...portable].flatMap(nodeNames)]
}

function runsInPages(room: Room, { path, isTest }: SourceFile): boolean {
  if (isTest || isForNode(path)) return false
  if (room.kind === 'sdk') return !path.startsWith('sdk/testkit/')
  if (room.kind === 'kernel') return true
  if (room.path === 'host-web') return path.startsWith('host-web/page/')
  return room.kind === 'plugin' && room.manifest?.hosts?.includes('web') === true
}

const isForNode = (path: string) => /\.node\.[cm]?[jt]s$/.test(path)

function nodeImports(house: House, portable: ReadonlySet<SourceFile>): Violation[] {
  return eachImport(house).flatMap(({ from, import: { specifier, line }, target }) => {
    const isNode = target.kind === 'builtin' || (target.kind === 'file' && isForNode(specifier))
    if (!isNode || !portable.has(from)) return []
    const says = `imports ${specifier}, but can run in a page. Put what needs Node in an x.node.ts and choose it by a condition in package.json.`
    return [{ path: from.path, line, says }]
  })
}

function nodeNames(source: SourceFile): Violation[] {
  return [...globals(source), ...referencedTypes(source)].map(({ name, at }) => ({
    path: source.path,
    line: source.lineAt(at),
    says: `uses ${name}, which a page does not have. Ask for it through a contract, or put it in an x.node.ts.`,
  }))
}

function globals({ text, program }: SourceFile): GlobalUse[] {
  return nodeGlobals.some((name) => text.includes(name)) ? globalsUsed(program, nodeGlobals) : []
}

/** `/// <reference types="node" />` would bring Node's types back after the tsconfig has left them out. */
function referencedTypes({ comments }: SourceFile): GlobalUse[] {
  return comments.flatMap(({ value, start }) =>
    /^\/\s*<reference\s+types=/.test(value) ? [{ name: `//${value.trim()}`, at: start }] : [],
  )
}
