/** One instruction; what follows it as a here-document is its content. */
export interface Instruction {
  readonly name: string
  readonly words: string
  readonly content?: string
}

/** The instructions in their order, with lines that were broken joined. */
export function readDockerfile(text: string): readonly Instruction[] {
  const lines = text.split('\n')
  const instructions: Instruction[] = []
  while (lines.length > 0) {
    let line = lines.shift()!
    if (line.trim() === '' || line.startsWith('#')) continue
    while (line.endsWith('\\')) line = line.slice(0, -1) + (lines.shift() ?? '')
    const [, name = '', words = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? []
    const end = /<<(\w+)/.exec(words)?.[1]
    if (end === undefined) instructions.push({ name, words })
    else
      instructions.push({
        name,
        words,
        content: lines
          .splice(0, lines.indexOf(end) + 1)
          .slice(0, -1)
          .join('\n'),
      })
  }
  return instructions
}

/** The arguments of the last instruction of this name; undefined where it is not written as a list of words. */
export function wordsOf(instructions: readonly Instruction[], name: string): readonly string[] | undefined {
  const list = instructions.findLast((one) => one.name === name)?.words.replace(/^(--\S+ )*(CMD )?/, '')
  return list?.startsWith('[') === true ? (JSON.parse(list) as string[]) : undefined
}
