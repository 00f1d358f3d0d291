import { Visitor, type Program } from 'oxc-parser'
import { literal } from './literal.ts'
import { isNode } from './walk.ts'

export interface Import {
  /** As written: `./plan.ts`, `@palabre/sdk/testkit`, `node:fs`. */
  readonly specifier: string
  readonly line: number
  /** `declare module 'x'` imports nothing, but knows x. */
  readonly ambient: boolean
}

/** Every way a file can name another one, types included. A specifier computed at run time cannot be read here and is left out. */
export function findImports(program: Program, lineAt: (offset: number) => number): Import[] {
  const found: Import[] = []
  const note = (source: unknown, { start }: { start: number }, ambient = false) => {
    const specifier = literal(source)
    if (specifier !== undefined) found.push({ specifier, line: lineAt(start), ambient })
  }
  new Visitor({
    ImportDeclaration: (node) => note(node.source, node),
    ExportAllDeclaration: (node) => note(node.source, node),
    ExportNamedDeclaration: (node) => note(node.source, node),
    ImportExpression: (node) => note(node.source, node),
    TSImportType: (node) => note(node.source, node),
    TSExternalModuleReference: (node) => note(node.expression, node),
    TSModuleDeclaration: (node) => note(node.id, node, true),
    CallExpression(node) {
      if (isRequire(node.callee) || isResolve(node.callee)) note(node.arguments[0], node)
    },
  }).visit(program)
  return found
}

const isRequire = (callee: unknown) => isNode(callee) && callee.type === 'Identifier' && callee.name === 'require'

const isResolve = (callee: unknown) =>
  isNode(callee) &&
  isNode(callee.object) &&
  callee.object.type === 'MetaProperty' &&
  isNode(callee.property) &&
  callee.property.name === 'resolve'
