import { parseSync, Visitor, type Program, type VisitorObject } from 'oxc-parser'
import { findImports, type Import } from './find-imports.ts'

export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly isTest: boolean
  readonly program: Program
  readonly imports: readonly Import[]
  readonly comments: readonly { readonly value: string; readonly start: number }[]
  lineAt(offset: number): number
  visit(visitor: VisitorObject): void
}

export const isSource = (path: string) => /\.[cm]?[jt]s$/.test(path)

/** Parsed on demand and once: most rules look at a few files only, and many rules look at the same ones. */
export function createSourceFile(path: string, text: string): SourceFile {
  const parsed = once(() => parse(path, text))
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length
  const imports = once(() => findImports(parsed().program, lineAt))
  return {
    path,
    text,
    isTest: path.startsWith('test/') || /\.(?:test|story)\.[cm]?[jt]s$/.test(path),
    get program() {
      return parsed().program
    },
    get imports() {
      return imports()
    },
    get comments() {
      return parsed().comments
    },
    lineAt,
    visit: (visitor) => new Visitor(visitor).visit(parsed().program),
  }
}

function parse(path: string, text: string) {
  const { program, comments, errors } = parseSync(path, text)
  const [broken] = errors
  if (broken)
    throw new Error(`${path} does not parse: ${broken.message}. Correct it; the house rules cannot look at the rest before.`)
  return { program, comments }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
