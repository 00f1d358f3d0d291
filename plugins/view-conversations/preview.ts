/** What was said, on one line: without the marks that shape it where it is read. */
export function previewOf(said: string): string {
  return said
    .slice(0, longestRead)
    .replace(/^\s*(?:>|[-*]|\d{1,9}\.)\s+/gm, '')
    .replace(/(\*\*|```|`)([^*`]+)\1/g, '$2')
    .replace(/(?<!\w)([*_])(\S(?:[^*_]*\S)?)\1(?!\w)/g, '$2')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestShown)
}

const longestRead = 400
const longestShown = 120
