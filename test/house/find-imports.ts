import { Visitor, type Program } from 'oxc-parser'
import { literal } from './literal.ts'
import { isNode } from './walk.ts'

export interface Import {
  /** As written: `./plan.ts`, `@palabre/sdk/testkit`, `node:fs`. */
  readonly specifier: string
  readonly how: 'import' | 're-export' | 'dynamic' | 'ambient'
  readonly typeOnly: boolean
  readonly line: number
}

/** Every way a file can name another one. A specifier computed at run time cannot be read here and is left out. */
export function findImports(program: Program, lineAt: (offset: number) => number): Import[] {
  const found: Import[] = []
  const note = (how: Import['how'], source: unknown, start: number, typeOnly = false) => {
    const specifier = literal(source)
    if (specifier !== undefined) found.push({ specifier, how, typeOnly, line: lineAt(start) })
  }
  new Visitor({
    ImportDeclaration(node) {
      const named = node.specifiers
      const allTypes = named.length > 0 && named.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type')
      note('import', node.source, node.start, node.importKind === 'type' || allTypes)
    },
    ExportAllDeclaration: (node) => note('re-export', node.source, node.start, node.exportKind === 'type'),
    ExportNamedDeclaration(node) {
      const allTypes = node.specifiers.length > 0 && node.specifiers.every((one) => one.exportKind === 'type')
      note('re-export', node.source, node.start, node.exportKind === 'type' || allTypes)
    },
    ImportExpression: (node) => note('dynamic', node.source, node.start),
    TSImportType: (node) => note('import', node.source, node.start, true),
    TSExternalModuleReference: (node) => note('import', node.expression, node.start),
    TSModuleDeclaration: (node) => note('ambient', node.id, node.start, true),
    CallExpression(node) {
      if (isRequire(node.callee) || isResolve(node.callee)) note('dynamic', node.arguments[0], node.start)
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
