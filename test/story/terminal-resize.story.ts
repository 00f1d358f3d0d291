import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { noPty } from './pty.ts'
import { openTwoTerminals, type TwoTerminals } from './two-terminals.ts'

const test = suite('terminal that is resized')
const reason = noPty()
if (reason !== undefined) console.log(`SKIPPED: a terminal that is resized: ${reason}`)
const onTerminal = reason === undefined ? test : test.skip

const typed = 'half a line that a narrow window breaks, and a wider one joins'
const sizes = [
  [40, 20],
  [100, 30],
  [23, 12],
  [24, 12],
  [22, 12],
  [120, 40],
  [31, 9],
  [80, 24],
] as const

const isDrawn = (rows: readonly string[], line: string): boolean => rows.join('').trimEnd().endsWith(`› ${line}`)

/** Ada says something numbered, which is shown to Bob whose line is half typed: one prompt stands, and no row was eaten. */
function createTurns({ left, right }: TwoTerminals) {
  let turn = 0
  return async (line: string): Promise<void> => {
    turn++
    left.type(`turn ${turn}\r`)
    await right.shows((rows) => rows.some((row) => row.endsWith(`Ada: turn ${turn}`)) && isDrawn(rows, line))
    const all = right.rows()
    const begun = all.indexOf('── Ada ──')
    const since = all.slice(begun)
    const seen = `${turn}:\n${since.join('\n')}`
    assert.ok(begun >= 0, `eaten: the row that begins the conversation\n${all.join('\n')}`)
    assert.is(since.join('').split(line).length - 1, 1, seen)
    assert.is(since.filter((row) => row.startsWith('›')).length, 1, seen)
    assert.is(since.filter((row) => row.startsWith('Ada · ')).length, 1, seen)
    assert.equal(
      since.flatMap((row) => /Ada: turn (\d+)$/.exec(row)?.[1] ?? []).map(Number),
      Array.from({ length: turn }, (_, before) => before + 1),
      seen,
    )
  }
}

onTerminal('however the window is drawn, one prompt stands at the bottom and no row is eaten or left', async () => {
  await using two = await openTwoTerminals()
  const { right } = two
  const stands = createTurns(two)
  right.type(typed)
  await right.shows((rows) => isDrawn(rows, typed))
  for (const reflowsCursorLine of [true, false]) {
    right.becomes({ reflowsCursorLine })
    for (const [columns, rows] of sizes) {
      await right.resize(columns, rows)
      await stands(typed)
    }
    // Where the line of the cursor is laid out anew, the terminal puts it into another one when rows below it are joined.
    const back = reflowsCursorLine ? 0 : 30
    right.type(`${'\u001b[D'.repeat(back)}_`)
    const line = `${typed.slice(0, typed.length - back)}_${typed.slice(typed.length - back)}`
    await right.shows((rows) => isDrawn(rows, line))
    // As a window that is drawn by its corner.
    for (const columns of [70, 52, 33, 21, 38, 64, 80]) await right.resize(columns, 24)
    await stands(line)
    right.type('\u007f\u0005')
    await right.shows((rows) => isDrawn(rows, typed))
  }
})

onTerminal('a terminal that never says where its cursor is: no row is eaten or left where it does as most do', async () => {
  await using two = await openTwoTerminals({ answers: false })
  const { right } = two
  const stands = createTurns(two)
  right.type(typed)
  await right.shows((rows) => isDrawn(rows, typed))
  for (const [columns, rows] of sizes) {
    await right.resize(columns, rows)
    await stands(typed)
  }
})

onTerminal('a terminal that says late where its cursor is: nothing typed is lost, and nothing it says is typed', async () => {
  await using two = await openTwoTerminals({ answers: false })
  const { right } = two
  const stands = createTurns(two)
  right.type(typed)
  right.type(', and ')
  right.type('\u001b[200~\u001b[5;5R is pasted\u001b[201~')
  const line = `${typed}, and ␛[5;5R is pasted`
  await stands(line)
  right.type('. So it ')
  right.becomes({ answers: true })
  right.type('is')
  await stands(`${line}. So it is`)

  // It counts no rows from now on, which are others in such a terminal.
  right.becomes({ reflowsCursorLine: false })
  await right.resize(31, 12)
  await stands(`${line}. So it is`)
})

test.run()
