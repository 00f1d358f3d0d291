/** Where a conversation is read and typed: lines come in at the bottom while others appear above it. */
export interface Screen extends Disposable {
  /** True where the cursor never moves back: what changes must be told in a line of its own. */
  readonly isPlain: boolean
  /** Above the line that is being typed, which stays as it is. */
  print(lines: string): void
  /** What stands just over the line that is being typed. */
  status(said: string): void
  /** The next line that was typed; undefined at the end of input, or once the person wants to go. */
  next(): Promise<string | undefined>
}

export interface ScreenOptions {
  /** What the word at the end of the line may become. */
  complete(line: string): { readonly found: readonly string[]; readonly word: string }
  /** Something was typed that is not sent yet. */
  typing(line: string): void
}

/** Lines in the order in which they were typed, for one reader. */
export interface LineQueue {
  put(line: string): void
  end(): void
  next(): Promise<string | undefined>
}

export function createLineQueue(): LineQueue {
  const lines: string[] = []
  let isOver = false
  let wake: (() => void) | undefined
  return {
    put(line) {
      lines.push(line)
      wake?.()
    },
    end() {
      isOver = true
      wake?.()
    },
    async next() {
      while (lines.length === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve))
      return lines.shift()
    },
  }
}
