/** What a worker tells the runner, on its stdout between the output of the tests. */
export type Message =
  | { readonly kind: 'begin' }
  | { readonly kind: 'test'; readonly name: string }
  | { readonly kind: 'end'; readonly tally: Tally }
  /** The event loop ran empty: whatever the file still awaits will never come. */
  | { readonly kind: 'drained' }
  /** All is done, and something keeps the process alive. */
  | { readonly kind: 'open'; readonly resources: readonly string[] }

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly ms: number
  /** In full, as uvu formats them. */
  readonly failures: readonly string[]
}

const mark = '\u0001'

export const encodeMessage = (message: Message): string => `${mark}${JSON.stringify(message)}\n`

/** Cuts the messages out of what a worker wrote; an unfinished one is handed back as the rest. */
export function decodeMessages(text: string): { parts: (string | Message)[]; rest: string } {
  const parts: (string | Message)[] = []
  for (;;) {
    const start = text.indexOf(mark)
    const end = text.indexOf('\n', start)
    if (start > 0) parts.push(text.slice(0, start))
    if (start < 0) return { parts: text ? [...parts, text] : parts, rest: '' }
    if (end < 0) return { parts, rest: text.slice(start) }
    parts.push(JSON.parse(text.slice(start + 1, end)) as Message)
    text = text.slice(end + 1)
  }
}
