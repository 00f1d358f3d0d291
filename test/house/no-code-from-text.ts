import type { House } from './house.ts'
import { literal } from './literal.ts'
import type { SourceFile } from './source-file.ts'
import type { Violation } from './violation.ts'
import { isNode, walk, type Node } from './walk.ts'

const markupMembers = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'setHTMLUnsafe',
  'parseHTMLUnsafe',
  'createContextualFragment',
  'srcdoc',
]
const timers = ['setTimeout', 'setInterval', 'setImmediate']

/** No text becomes code or markup in the product: the strict content security policy forbids it, and so do we where no policy reaches. */
export function noCodeFromText(house: House): Violation[] {
  return house.sources.filter((source) => !source.isTest && mayOffend(source)).flatMap(offences)
}

const mayOffend = ({ text }: SourceFile) =>
  /\b(?:eval|Function|unsafe\w*|write|writeln|data:)\b/.test(text) ||
  [...markupMembers, ...timers].some((name) => text.includes(name))

function offences(source: SourceFile): Violation[] {
  const found: Violation[] = []
  walk(source.program, (node) => {
    const what = codeFromText(node) ?? markupFromText(node)
    if (what)
      found.push({
        path: source.path,
        line: source.lineAt(node.start),
        says: `uses ${what}. Text stays text: build nodes, or call a function.`,
      })
  })
  return found
}

function codeFromText(node: Node): string | undefined {
  const callee = node.callee
  if (node.type === 'CallExpression' && timers.includes(nameOf(callee)) && literal([node.arguments].flat()[0]) !== undefined)
    return `${nameOf(callee)} with text`
  if (node.type === 'ImportExpression' && literal(node.source)?.startsWith('data:')) return 'import of a data: address'
  const made = node.type === 'CallExpression' || node.type === 'NewExpression'
  if (made && ['eval', 'Function', 'AsyncFunction', 'GeneratorFunction'].includes(nameOf(callee))) return nameOf(callee)
  return undefined
}

function markupFromText(node: Node): string | undefined {
  if (node.type === 'MemberExpression') {
    const member = memberOf(node)
    if (markupMembers.includes(member)) return member
    if (nameOf(node.object) === 'document' && /^write(?:ln)?$/.test(member)) return `document.${member}`
  }
  if (node.type === 'ImportSpecifier' && /^unsafe(?:HTML|SVG|MathML|Static)$/.test(nameOf(node.imported)))
    return nameOf(node.imported)
  if (node.type === 'TemplateElement') return /\.((?:inner|outer)HTML|srcdoc)\s*=/.exec((node.value as { raw: string }).raw)?.[1]
  return undefined
}

/** `x` in `x`, in `globalThis.x` and in `window.x`. */
function nameOf(node: unknown): string {
  if (!isNode(node)) return ''
  if (node.type === 'MemberExpression') return /^(?:globalThis|window|self)$/.test(nameOf(node.object)) ? memberOf(node) : ''
  return node.type === 'Identifier' ? (node.name as string) : ''
}

const memberOf = ({ property, computed }: Node) => (computed ? (literal(property) ?? '') : nameOf(property))
