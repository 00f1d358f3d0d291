import { Visitor, type Program } from 'oxc-parser'

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

function literal(node: unknown): string | undefined {
  const { type, value, quasis } = (node ?? {}) as { type?: string; value?: unknown; quasis?: { value: { cooked: string } }[] }
  if (type === 'Literal' && typeof value === 'string') return value
  if (type === 'TemplateLiteral' && quasis?.length === 1) return quasis[0]!.value.cooked
  return undefined
}

type Callee = { type: string; name?: string; object?: { type: string }; property?: { name?: string } }

const isRequire = (callee: Callee) => callee.type === 'Identifier' && callee.name === 'require'

const isResolve = (callee: Callee) =>
  callee.type === 'MemberExpression' && callee.object?.type === 'MetaProperty' && callee.property?.name === 'resolve'
