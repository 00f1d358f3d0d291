import type { House } from './house.ts'
import type { SourceFile } from './source-file.ts'
import type { Violation } from './violation.ts'

/** Node runs the code by erasing its types, so nothing of TypeScript may mean something at run time; and exports have names. */
export function syntaxIsErasable(house: House): Violation[] {
  return house.sources.filter((source) => !isDeclaration(source) && mayOffend(source)).flatMap(offences)
}

/** A declaration describes code that is written elsewhere, as it is. */
const isDeclaration = ({ path }: SourceFile) => /\.d\.[cm]?ts$/.test(path)

/** Parsing every file costs more than all rules together; these words are in every offence. */
const mayOffend = ({ text }: SourceFile) => /\b(?:enum|namespace|module|default|constructor|require)\b|@|export\s*=/.test(text)

function offences(source: SourceFile): Violation[] {
  const found: Violation[] = []
  const note = (node: { start: number }, says: string) => found.push({ path: source.path, line: source.lineAt(node.start), says })
  const demanded = isConfiguration(source)
  source.visit({
    TSEnumDeclaration: (node) => note(node, 'has an enum. Use a union of strings or a frozen object.'),
    TSModuleDeclaration(node) {
      if (node.kind !== 'global' && node.id.type === 'Identifier') note(node, 'has a namespace. Use a file.')
    },
    TSParameterProperty: (node) => note(node, 'has a parameter property. Declare the field and assign it.'),
    TSImportEqualsDeclaration: (node) => note(node, 'has an `import … =`. Use an import statement.'),
    TSExportAssignment: (node) => note(node, 'has an `export =`. Export by name.'),
    Decorator: (node) => note(node, 'has a decorator. Call a function instead.'),
    ExportDefaultDeclaration: (node) => void (demanded || note(node, 'has a default export. Export by name.')),
    ExportSpecifier(node) {
      const name = node.exported.type === 'Literal' ? node.exported.value : node.exported.name
      if (name === 'default' && !demanded) note(node, 'has a default export. Export by name.')
    },
  })
  return found
}

/** `vite.config.ts` and its like: the tool imports the default export. */
const isConfiguration = ({ path }: SourceFile) => /\.config\.[cm]?[jt]s$/.test(path)
