export interface ReadmeBlock {
  readonly language: string
  readonly code: string
  /** The line of the file on which the code begins. */
  readonly line: number
}

/** The fenced blocks of a Markdown file, by CommonMark's rules for fences: up to three spaces before, closed by as many marks or more. */
export function readmeBlocks(markdown: string): ReadmeBlock[] {
  const blocks: ReadmeBlock[] = []
  let open: { marks: string; language: string; line: number; code: string[] } | undefined
  markdown.split(/\r?\n/).forEach((text, index) => {
    const fence = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)/.exec(text)
    if (open && fence?.[1]!.startsWith(open.marks) && text.trim() === fence[1]) {
      blocks.push({ language: open.language, code: open.code.join('\n'), line: open.line })
      open = undefined
    } else if (open) {
      open.code.push(text)
    } else if (fence) {
      open = { marks: fence[1]!, language: fence[2]!, line: index + 2, code: [] }
    }
  })
  if (open) blocks.push({ language: open.language, code: open.code.join('\n'), line: open.line })
  return blocks
}
