/** What was written, taken apart: only text comes out of it, never markup. */
export type Block =
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly first: number; readonly items: readonly (readonly Span[])[] }

export type Span =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'bold' | 'italic'; readonly spans: readonly Span[] }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

const deepest = 4

/** The words alone, on one line: for wherever there is no room for shapes. */
export function plainText(said: string): string {
  return readBlocks(said).map(wordsIn).join(' ').replace(/\s+/g, ' ').trim()
}

function wordsIn(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return wordsOf(block.spans)
    case 'quote':
      return block.blocks.map(wordsIn).join(' ')
    case 'code':
      return block.text
    case 'list':
      return block.items.map(wordsOf).join(', ')
  }
}

const wordsOf = (spans: readonly Span[]): string =>
  spans.map((span) => ('spans' in span ? wordsOf(span.spans) : span.text)).join('')

export function readBlocks(said: string, depth = 0): readonly Block[] {
  const lines = said.replace(/\r\n?/g, '\n').split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length;) {
    const [block, next] = blockAt(lines, at, depth)
    if (block !== undefined) blocks.push(block)
    at = next
  }
  return blocks
}

function blockAt(lines: readonly string[], at: number, depth: number): [Block | undefined, number] {
  const line = lines[at]!
  if (line.trim() === '') return [undefined, at + 1]
  if (line.startsWith('```')) return code(lines, at)
  if (isQuote(line) && depth < deepest) {
    const end = whileTrue(lines, at, isQuote)
    const inner = lines.slice(at, end).map((one) => one.replace(/^> ?/, ''))
    return [{ kind: 'quote', blocks: readBlocks(inner.join('\n'), depth + 1) }, end]
  }
  const list = itemOf(line)
  if (list !== undefined) {
    const end = whileTrue(lines, at, (one) => itemOf(one)?.ordered === list.ordered)
    const items = lines.slice(at, end).map((one) => readSpans(itemOf(one)!.rest))
    return [{ kind: 'list', ordered: list.ordered, first: list.number, items }, end]
  }
  const end = Math.max(
    at + 1,
    whileTrue(lines, at, (one) => isPlain(one, depth)),
  )
  return [{ kind: 'paragraph', spans: readSpans(lines.slice(at, end).join('\n')) }, end]
}

function code(lines: readonly string[], at: number): [Block, number] {
  const close = lines.findIndex((line, index) => index > at && line.startsWith('```'))
  const end = close < 0 ? lines.length : close
  return [{ kind: 'code', text: lines.slice(at + 1, end).join('\n') }, end + 1]
}

const isQuote = (line: string) => line.startsWith('>')

const isPlain = (line: string, depth: number) =>
  line.trim() !== '' && !line.startsWith('```') && !(isQuote(line) && depth < deepest) && itemOf(line) === undefined

function itemOf(line: string): { ordered: boolean; number: number; rest: string } | undefined {
  const bullet = /^ {0,3}[-*] +(\S.*)$/.exec(line)
  if (bullet !== null) return { ordered: false, number: 1, rest: bullet[1]! }
  const numbered = /^ {0,3}(\d{1,6})[.)] +(\S.*)$/.exec(line)
  return numbered === null ? undefined : { ordered: true, number: Number(numbered[1]), rest: numbered[2]! }
}

function whileTrue(lines: readonly string[], from: number, isOne: (line: string) => boolean): number {
  const end = lines.findIndex((line, index) => index >= from && !isOne(line))
  return end < 0 ? lines.length : end
}

/** The first that opens wins; what does not close is text. */
const patterns: readonly { readonly kind: Mark['kind']; readonly found: RegExp }[] = [
  { kind: 'code', found: /`([^`\n]{1,2000})`/ },
  { kind: 'bold', found: /\*\*(?=\S)([^*\n]{1,2000}?)(?<=\S)\*\*/ },
  { kind: 'italic', found: /(?<![\w*])[*_](?=[^\s*_])([^*_\n]{1,2000}?)(?<=[^\s*_])[*_](?![\w*])/ },
  { kind: 'link', found: /(?<![a-z0-9])(?:https?:\/\/|mailto:|palabre:)[^\s<>"'`]{1,4000}/i },
]

export function readSpans(said: string, depth = 0): readonly Span[] {
  if (depth > deepest) return [{ kind: 'text', text: said }]
  const spans: Span[] = []
  const find = finder(said)
  let at = 0
  for (let next = find(at); next !== undefined; next = find(at)) {
    if (next.at > at) spans.push({ kind: 'text', text: said.slice(at, next.at) })
    spans.push(spanOf(next.kind, next.inner, depth))
    at = next.at + next.length
  }
  if (at < said.length) spans.push({ kind: 'text', text: said.slice(at) })
  return spans
}

interface Mark {
  readonly kind: 'code' | 'bold' | 'italic' | 'link'
  readonly at: number
  readonly length: number
  readonly inner: string
}

/** Each pattern looks again only where it has not looked: a long text costs once what it is long. */
function finder(said: string): (from: number) => Mark | undefined {
  const searches = patterns.map(({ kind, found }) => ({ kind, found: new RegExp(found, `${found.flags}g`), next: markless }))
  return (from) => {
    for (const one of searches) {
      if (one.next !== undefined && one.next.at < from) one.next = markFrom(one, said, from)
    }
    return searches.flatMap(({ next }) => next ?? []).toSorted((a, b) => a.at - b.at)[0]
  }
}

const markless: Mark | undefined = { kind: 'code', at: -1, length: 0, inner: '' } as Mark | undefined

function markFrom({ kind, found }: { kind: Mark['kind']; found: RegExp }, said: string, from: number): Mark | undefined {
  found.lastIndex = from
  const match = found.exec(said)
  if (match === null) return undefined
  const whole = kind === 'link' ? trimLink(match[0]) : match[0]
  return { kind, at: match.index, length: whole.length, inner: kind === 'link' ? whole : match[1]! }
}

function spanOf(kind: Mark['kind'], inner: string, depth: number): Span {
  if (kind === 'code') return { kind, text: inner }
  if (kind !== 'link') return { kind, spans: readSpans(inner, depth + 1) }
  const href = safeLink(inner)
  return href === undefined ? { kind: 'text', text: inner } : { kind, text: inner, href }
}

/** What ends a sentence does not belong to the link. */
function trimLink(link: string): string {
  const bare = link.replace(/[.,;:!?…*_]+$/, '')
  return bare.endsWith(')') && !bare.includes('(') ? bare.slice(0, -1) : bare
}

const schemes = ['http:', 'https:', 'mailto:', 'palabre:']

/** The link as a browser understands it, if it leads where links may lead. */
export function safeLink(said: string): string | undefined {
  try {
    const { href, protocol } = new URL(said)
    return schemes.includes(protocol) ? href : undefined
  } catch {
    return undefined
  }
}
