/** Reads `key=value` words: a value that is JSON is taken as such, any other as text. `a.b=1` reaches inside. */
export function changesOf(words: readonly string[]): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const word of words) {
    const at = word.indexOf('=')
    const path = word.slice(0, at).split('.')
    const last = path.pop()!
    let here = changes
    for (const step of path) here = here[step] = { ...(here[step] as object | undefined) } as Record<string, unknown>
    here[last] = valueOf(word.slice(at + 1))
  }
  return changes
}

function valueOf(word: string): unknown {
  try {
    return JSON.parse(word) as unknown
  } catch {
    return word
  }
}
