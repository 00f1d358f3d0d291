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
    const name = isReference(seat) ? nameAmong(node, names) : undefined
    if (name !== undefined) used.push({ name, at: node.start })
    const member = memberOfGlobal(node, names)
    if (member !== undefined) used.push({ name: `globalThis.${member}`, at: node.start })
  })
  return used.filter(({ name }) => !own.has(name))
}

const nameAmong = (node: unknown, names: readonly string[]) =>
  isNode(node) && node.type === 'Identifier' ? names.find((name) => name === node.name) : undefined

const memberOfGlobal = (node: Node, names: readonly string[]) =>
  node.type === 'MemberExpression' && nameAmong(node.object, ['globalThis']) ? nameAmong(node.property, names) : undefined

/** Not the `process` of `x.process`, of `{ process: 1 }`, of a label, or of another file's export. */
function isReference({ parent, member }: Seat): boolean {
  const isMember = member === 'key' || member === 'property' || (parent.type === 'TSQualifiedName' && member === 'right')
  if (isMember) return parent.computed === true
  return member !== 'label' && !/^(?:Import|Export)\w*Specifier$/.test(parent.type)
}

function namesDeclared(node: Node): string[] {
  if (/Function|^Class/.test(node.type)) return [node.id, ...[node.params].flat()].flatMap(namesIn)
  if (/^TS(?:Interface|TypeAlias)Declaration$/.test(node.type)) return namesIn(node.id)
  if (node.type === 'TSTypeParameter') return namesIn(node.name)
  if (node.type === 'VariableDeclarator') return namesIn(node.id)
  if (node.type === 'CatchClause') return namesIn(node.param)
  return /^Import\w*Specifier$/.test(node.type) ? namesIn(node.local) : []
}

/** The names a pattern binds: `{ a, b: [c] }` binds a and c. */
function namesIn(pattern: unknown): string[] {
  if (!isNode(pattern)) return []
  if (pattern.type === 'Identifier') return [String(pattern.name)]
  const { properties, elements, value, argument, left } = pattern
  return [properties, elements, value, argument, left].flat().flatMap(namesIn)
}
