/** The known names a misspelt one may have meant, nearest first, at most three. */
export function nearest(wrong: string, known: Iterable<string>): string[] {
  const limit = Math.max(2, Math.floor(wrong.length / 3))
  return [...known]
    .map((name) => ({ name, far: name.includes(wrong) && wrong.length > 2 ? 1 : distance(wrong, name, limit) }))
    .filter(({ far }) => far <= limit)
    .toSorted((a, b) => a.far - b.far || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Damerau's edit distance with neighbours swapped as one step; gives up beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, i) => i)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, rows[i - 2]![j - 2]! + 1)
      row.push(best)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
