/** Parts what a terminal answers from what is typed, since both come the same way. Nothing that is pasted counts as either. */
export interface AnswerSieve {
  /** So many positions of the cursor were asked for, beside those that have not come yet. */
  expect(positions: number): void
  sift(said: string): Sifted
  /** What may be the beginning of an answer and may be a key by itself, taken as that. */
  release(): string
}

interface Sifted {
  readonly keys: string
  /** In the order in which they came. */
  readonly answers: readonly Position[]
}

/** Where the cursor stands, counted from 1. */
export interface Position {
  readonly row: number
  readonly column: number
}

const pasteEnd = '\u001b[201~'
const special = /\u001b\[(?:(?<paste>200~)|(?<row>\d{1,5});(?<column>\d{1,5})R)/
/** A terminal sends a sequence whole, but it may arrive in pieces. */
const begun = /\u001b(?:\[(?:\d[\d;]*)?)?$/

export function createAnswerSieve(): AnswerSieve {
  let owed = 0
  let isPasted = false
  let held = ''

  const hold = (said: string, from: number): string => {
    held = said.slice(from)
    return said.slice(0, from)
  }

  /** Up to the end of what is pasted, and what follows it. */
  function paste(said: string): readonly [keys: string, rest: string] {
    const end = said.indexOf(pasteEnd)
    if (end === -1) return [spelledOut(hold(said, said.length - sharedEnd(said, pasteEnd))), '']
    isPasted = false
    return [spelledOut(said.slice(0, end)) + pasteEnd, said.slice(end + pasteEnd.length)]
  }

  return {
    expect: (positions) => void (owed += positions),
    sift(said) {
      const answers: Position[] = []
      let keys = ''
      let rest = held + said
      held = ''
      while (rest !== '') {
        if (isPasted) {
          const [pasted, after] = paste(rest)
          keys += pasted
          rest = after
          continue
        }
        const found = special.exec(rest)
        if (found === null) {
          keys += hold(rest, begun.exec(rest)?.index ?? rest.length)
          break
        }
        const answer = owed > 0 ? positionIn(found.groups!) : undefined
        keys += rest.slice(0, found.index) + (answer === undefined ? found[0] : '')
        rest = rest.slice(found.index + found[0].length)
        if (answer !== undefined) {
          answers.push(answer)
          owed--
        }
        isPasted = found.groups!['paste'] !== undefined
      }
      return { keys, answers }
    },
    release() {
      const key = /^\u001b\[?$/.test(held) && !isPasted ? held : ''
      if (key !== '') held = ''
      return key
    },
  }
}

function positionIn({ row, column }: Readonly<Record<string, string | undefined>>): Position | undefined {
  return row === undefined ? undefined : { row: Number(row), column: Number(column) }
}

/** How much of its end could be the beginning of the other one. */
function sharedEnd(said: string, other: string): number {
  for (let length = Math.min(said.length, other.length - 1); length > 0; length--) {
    if (said.endsWith(other.slice(0, length))) return length
  }
  return 0
}

/** Line breaks and tabs stay; other control characters would act as keys. */
function spelledOut(pasted: string): string {
  return pasted.replace(/[\0-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, (sign) =>
    String.fromCharCode(sign === '\u007f' ? 0x2421 : 0x2400 + sign.charCodeAt(0)),
  )
}
