import type { StoredMessage } from '@palabre/sdk/contract/store'
import * as assert from 'uvu/assert'

/** What one has said to the other by now, and what of it is there. */
export interface Heard {
  /** Who says what to whom, for whoever reads a failure. */
  readonly edge: readonly [number, number]
  /** What the one has written, and what the other has of them. */
  readonly mine: readonly StoredMessage[]
  readonly theirs: readonly StoredMessage[]
  /** How many texts were said in the whole game when one of the two was set back for the last time, and when all was calm after that. */
  readonly setBack: { readonly said: number; readonly calm: number } | undefined
  /** The other had it once, and may have said so, before they were set back to where they had not. */
  readonly lost: ReadonlySet<string>
}

/** What one has of the other is what the other wrote, in that order, in that state. */
export function judgeHeard({ edge: [me, you], mine, theirs, setBack, lost }: Heard): void {
  const isThere = new Set(theirs.map(({ id }) => id))
  assert.is(isThere.size, theirs.length, 'each message once')
  // What was taken back may have been on its way; what was deleted before it left has nowhere to arrive.
  const takenBack = new Set(mine.filter(({ state }) => state === 'failed').map(({ id }) => id))
  const sent = mine.filter(({ id, deletedAt }) => !takenBack.has(id) && (deletedAt === undefined || isThere.has(id)))
  const come = theirs.filter(({ id }) => !takenBack.has(id))
  if (setBack === undefined) return same(sent, come, `what ${you} has of ${me}`)

  const strange = come.filter(({ text, deletedAt }) => deletedAt === undefined && !text.startsWith(`${me} to ${you}, `))
  assert.equal(strange, [], `${you} has what ${me} never said`)
  const missing = sent.filter(({ id, deletedAt }) => deletedAt === undefined && !isThere.has(id) && !lost.has(id))
  assert.equal(wordsOf(missing), [], `${you} never had it of ${me}`)
  const later = (messages: readonly StoredMessage[], since: number) => messages.filter(({ text }) => numberOf(text) >= since)
  // Who is set back writes under numbers that were used: before that is noticed, what follows may pass what is refused.
  const inOrder = (messages: readonly StoredMessage[]) => messages.toSorted((a, b) => numberOf(a.text) - numberOf(b.text))
  const { said, calm } = setBack
  same(inOrder(later(sent, said)), inOrder(later(come, said)), `what ${you} has of ${me} since one was set back`)
  same(later(sent, calm), later(come, calm), `what ${you} has of ${me} since that was made good`)
}

function same(sent: readonly StoredMessage[], come: readonly StoredMessage[], what: string): void {
  const [said, heard] = [wordsOf(sent), wordsOf(come)].map((words) => words.join('\n'))
  assert.is(heard, said, `${what}:\n${heard}\nand not\n${said}`)
  const untrue = sent.filter(({ state, deletedAt }) => state !== 'delivered' && state !== 'read' && deletedAt === undefined)
  const words = untrue.map(({ text, state }) => `${text} is ${state}`).join()
  assert.is(words, '', words)
}

const wordsOf = (messages: readonly StoredMessage[]) =>
  messages.map(({ text, deletedAt, reactions }) => `${deletedAt === undefined ? text : 'deleted'} ${JSON.stringify(reactions)}`)

/** Each text holds the number under which it was said; what was deleted has none. */
const numberOf = (text: string) => Number(/, (\d+)/.exec(text)?.[1] ?? NaN)
