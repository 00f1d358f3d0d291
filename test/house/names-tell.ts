import type { House } from './house.ts'
import type { Violation } from './violation.ts'

const topFolders = /^(?:kernel|plugins|host-[a-z0-9]+|sdk|test|\.[a-z0-9-]+)$/
const topFiles =
  /^(?:(?:package|package-lock|tsconfig|plugins)\.json|README\.md|LICENSE|NOTICE|SECURITY\.md|(?:docker-)?compose[\w.-]*\.ya?ml|Dockerfile(?:\.[a-z0-9-]+)?|\.[\w.-]+)$/

/** Names that tell nothing: what lies in such a drawer could be anything. */
const drawers = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc', 'lib', 'core', 'types', 'manager']
const drawerFolders = [...drawers, 'src', 'docs']

/** The plugin that manages plugins is called so. */
const allowed = ['plugin-manager']

const kebab = /^\.?[a-z0-9]+(?:[.-][a-z0-9]+)*$/
const conventional = /^(?:README|SECURITY|CHANGELOG|LICENSE|NOTICE|Dockerfile)(?:\.[a-z0-9-]+)*$/

/** The top level is fixed, every name says what is there, and names look alike. Published vectors keep the names they came with. */
export function namesTell(house: House): Violation[] {
  const names = new Map(house.paths.filter((path) => !path.startsWith('test/vectors/')).flatMap(foldersAndFile))
  return [...names].flatMap(([path, kind]) => {
    const says = whatIsWrong(path, kind)
    return says === undefined ? [] : [{ path, says }]
  })
}

type Kind = 'folder' | 'file'

function foldersAndFile(path: string): [string, Kind][] {
  const parts = path.split('/')
  return parts.map((_, index) => [parts.slice(0, index + 1).join('/'), index < parts.length - 1 ? 'folder' : 'file'])
}

function whatIsWrong(path: string, kind: Kind): string | undefined {
  const name = path.split('/').at(-1)!
  const isTop = name === path
  if (isTop && !(kind === 'folder' ? topFolders : topFiles).test(name))
    return 'does not belong at the top level. Move it into the room that uses it.'
  if (isDrawer(name, kind)) return 'says nothing about what is in it. Name it after its one idea.'
  if (!isTop && !kebab.test(name) && !conventional.test(name))
    return 'is not in kebab-case. Write it in small letters, words joined by "-".'
  return undefined
}

/** `string-utils` is a drawer like `utils`; `shared-worker` says which worker. */
function isDrawer(name: string, kind: Kind): boolean {
  const stem = name.replace(/^\./, '').split('.')[0]!
  const last = stem.split('-').at(-1)!
  return !allowed.includes(stem) && (kind === 'folder' ? drawerFolders : drawers).includes(last)
}
