import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser'

/**
 * The JSON text with one value set, and not a character changed elsewhere: what is new looks like its neighbours. (An editor's
 * formatter would also lay out anew whatever shares a line with the change.)
 */
export function withValue(json: string, path: readonly string[], value: unknown): string {
  let node = parseTree(json)!
  for (const [depth, key] of path.entries()) {
    const next = findNodeAtLocation(node, [key])
    if (next === undefined) return inserted(json, node, key, wrapped(path.slice(depth + 1), value))
    node = next
  }
  const lines = linesOf(json, node)
  return spliced(json, node.offset, node.length, written(value, lines))
}

/** How a value is laid out: over lines from this indentation on, or in one line. */
interface Layout {
  readonly overLines: boolean
  readonly indent: string
  readonly unit: string
  readonly eol: string
  /** Behind colons and commas. */
  readonly gap: string
}

function inserted(json: string, object: Node, key: string, value: unknown): string {
  const last = object.children?.at(-1)
  if (last === undefined) return intoEmpty(json, object, key, value)
  const layout = linesOf(json, last)
  const between = layout.overLines ? layout.eol + layout.indent : layout.gap
  return spliced(json, last.offset + last.length, 0, `,${between}${pair(key, value, layout)}`)
}

function intoEmpty(json: string, object: Node, key: string, value: unknown): string {
  const around = linesOf(json, object)
  const overLines = around.overLines || object.parent === undefined
  const layout = { ...around, overLines, indent: around.indent + (overLines ? around.unit : '') }
  const inside = overLines
    ? `${layout.eol}${layout.indent}${pair(key, value, layout)}${layout.eol}${around.indent}`
    : `${layout.gap}${pair(key, value, layout)}${layout.gap}`
  return spliced(json, object.offset, object.length, `{${inside}}`)
}

function wrapped(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)
}

function pair(key: string, value: unknown, layout: Layout): string {
  return `${JSON.stringify(key)}:${layout.gap}${written(value, layout)}`
}

function written(value: unknown, { overLines, indent, unit, eol, gap }: Layout): string {
  if (overLines) return JSON.stringify(value, null, unit).replaceAll('\n', eol + indent)
  return gap === '' ? JSON.stringify(value) : inOneLine(value)
}

function inOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const pairs = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${inOneLine(inner)}`)
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
}

/** A property that begins its line, or whose object does, is written over lines. */
function linesOf(json: string, node: Node): Layout {
  const property = node.type === 'property' ? node : node.parent?.type === 'property' ? node.parent : node
  const begin = json.lastIndexOf('\n', property.offset - 1) + 1
  const indent = /^[ \t]*/.exec(json.slice(begin))![0]
  const colon = property.colonOffset
  return {
    overLines: property.parent !== undefined && begin > 0 && begin + indent.length === property.offset,
    indent,
    unit: unitOf(json),
    eol: json.includes('\r\n') ? '\r\n' : '\n',
    gap: colon === undefined || /\s/.test(json[colon + 1] ?? ' ') ? ' ' : '',
  }
}

/** One step of indentation: the shallowest there is. */
function unitOf(json: string): string {
  const indents = [...json.matchAll(/^([ \t]+)\S/gm)].map(([, indent]) => indent!)
  return indents.toSorted((a, b) => a.length - b.length)[0] ?? '  '
}

function spliced(text: string, at: number, length: number, replacement: string): string {
  return text.slice(0, at) + replacement + text.slice(at + length)
}
