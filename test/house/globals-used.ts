import type { Program } from 'oxc-parser'
import { isNode, walk, type Node, type Seat } from './walk.ts'

export interface GlobalUse {
  readonly name: string
  readonly at: number
}

/**
 * Where a file uses one of these global names, as `process` or `globalThis.process`.
 * A name that the file declares anywhere is taken to be its own: no scopes here, the type check knows them.
 */
export function globalsUsed(program: Program, names: readonly string[]): GlobalUse[] {
  const used: GlobalUse[] = []
  const own = new Set<string>()
  walk(program, (node, seat) => {
    for (const name of namesDeclared(node)) own.add(name)
    if (isNamed(node, names) && isReference(seat)) used.push({ name: node.name as string, at: node.start })
    if (isGlobalMember(node, names)) used.push({ name: `globalThis.${(node.property as Node).name}`, at: node.start })
  })
  return used.filter(({ name }) => !own.has(name))
}

const isNamed = (node: unknown, names: readonly string[]) =>
  isNode(node) && node.type === 'Identifier' && names.includes(node.name as string)

const isGlobalMember = (node: Node, names: readonly string[]) =>
  node.type === 'MemberExpression' && isNamed(node.object, ['globalThis']) && isNamed(node.property, names)

/** Not the `process` of `x.process`, of `{ process: 1 }`, of an import, a label or a type; but that of `typeof process`. */
function isReference({ parent, member }: Seat): boolean {
  if (parent.type === 'TSTypeQuery' || (parent.type.startsWith('TS') && member === 'expression')) return true
  if (parent.type.startsWith('TS') || member === 'label' || /^(?:Import|Export)\w*Specifier$/.test(parent.type)) return false
  return parent.computed === true || !(member === 'key' || member === 'property')
}

function namesDeclared(node: Node): string[] {
  if (/Function|^Class/.test(node.type)) return [node.id, ...[node.params].flat()].flatMap(namesIn)
  if (node.type === 'VariableDeclarator') return namesIn(node.id)
  if (node.type === 'CatchClause') return namesIn(node.param)
  return /^Import\w*Specifier$/.test(node.type) ? namesIn(node.local) : []
}

/** The names a pattern binds: `{ a, b: [c] }` binds a and c. */
function namesIn(pattern: unknown): string[] {
  if (!isNode(pattern)) return []
  if (pattern.type === 'Identifier') return [pattern.name as string]
  const parts = {
    ObjectPattern: 'properties',
    ArrayPattern: 'elements',
    Property: 'value',
    RestElement: 'argument',
    AssignmentPattern: 'left',
  }
  return [pattern[parts[pattern.type as keyof typeof parts]]].flat().flatMap(namesIn)
}
