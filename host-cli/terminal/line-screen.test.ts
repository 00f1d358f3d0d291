import xterm from '@xterm/headless'
import { PassThrough, Writable } from 'node:stream'
import type { ReadStream, WriteStream } from 'node:tty'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openLineScreen } from './line-screen.ts'
import type { Screen } from './screen.ts'

const strokes = ['/help', '/history', '/hide']
const typed = 'half a line that a narrow window breaks, and a wider one joins'
const left = '\u001b[D'

/** A window at the far end of a line: what is written, and how it is resized, arrives there and here when the test says so. */
interface FarWindow extends Disposable {
  readonly screen: Screen
  type(keys: string): Promise<void>
  /** The window has another width at once; this end hears of it later. */
  becomes(columns: number): void
  /** This end hears how wide the window is; resolves once it has drawn for that. */
  hear(): Promise<void>
  /** What was written so far arrives, and what it answers comes back. */
  arrive(): Promise<void>
  rows(): readonly string[]
}

function openFarWindow(reflowCursorLine: boolean): FarWindow {
  const size = { cols: 80, rows: 24, scrollback: 1_000 }
  const terminal = new xterm.Terminal({ ...size, reflowCursorLine, allowProposedApi: true })
  const input = Object.assign(new PassThrough(), { setRawMode: () => undefined }) as unknown as ReadStream & PassThrough
  let underway = ''
  let drawn: (() => void) | undefined
  const write = (said: Buffer, _encoding: string, done: () => void) => {
    underway += said.toString().replaceAll(/\r?\n/g, '\r\n')
    drawn?.()
    done()
  }
  const output = Object.assign(new Writable({ write }), { columns: 80, rows: 24 }) as unknown as WriteStream
  terminal.onData((answer) => input.write(answer))
  const screen = openLineScreen(input, output, {
    complete: (word) => ({ found: strokes.filter((one) => one.startsWith(word)), word }),
    typing: () => undefined,
  })
  return {
    screen,
    async type(keys) {
      input.write(keys)
      await turn()
    },
    becomes: (columns) => terminal.resize(columns, 24),
    hear() {
      output.columns = terminal.cols
      output.emit('resize')
      return new Promise<void>((resolve) => (drawn = resolve)).then(turn)
    },
    async arrive() {
      const said = underway
      underway = ''
      await new Promise<void>((resolve) => terminal.write(said, resolve))
      await turn()
    },
    rows() {
      const { active } = terminal.buffer
      return Array.from({ length: active.length }, (_, row) => active.getLine(row)!.translateToString(true)).filter(
        (row) => row !== '',
      )
    },
    [Symbol.dispose]() {
      screen[Symbol.dispose]()
      terminal.dispose()
    },
  }
}

/** What streams pass on to each other has arrived. */
const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)))

type Step = { readonly columns: number } | 'says' | 'status' | 'hears' | 'arrives'

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 21, max: 120 }).map((columns) => ({ columns })),
  fc.constantFrom<Step[]>('says', 'status', 'hears', 'arrives'),
)

/** One that lays out the line of the cursor anew puts the cursor into another line where rows below it are joined: nothing can be told then. */
const kinds = fc.constantFrom(
  { back: 0, reflowCursorLine: true },
  { back: 0, reflowCursorLine: false },
  { back: 30, reflowCursorLine: false },
)

test('whenever what is written arrives, and whatever the window has become meanwhile, no row is eaten or left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), kinds, async (steps, { back, reflowCursorLine }) => {
      using far = openFarWindow(reflowCursorLine)
      void far.screen.next()
      await far.arrive()
      await far.type(typed + left.repeat(back))
      let turns = 0
      for (const one of steps) {
        if (one === 'says') far.screen.print(`turn ${++turns}`)
        else if (one === 'status') far.screen.status(`Ada is ${turns} turns older`)
        else if (one === 'hears') void far.hear()
        else if (one === 'arrives') await far.arrive()
        else far.becomes(one.columns)
      }
      await far.hear()
      await far.arrive()
      const rows = far.rows()
      const all = rows.join('\n')
      assert.equal(
        rows.filter((row) => row.startsWith('turn')),
        Array.from({ length: turns }, (_, one) => `turn ${one + 1}`),
        all,
      )
      assert.is(all.replaceAll('\n', '').split(typed).length - 1, 1, all)
      assert.is(rows.filter((row) => row.startsWith('›')).length, 1, all)
      assert.ok(rows.filter((row) => row.startsWith('Ada is')).length <= 1, all)
    }),
    { numRuns: 50 },
  )
})

for (const [walks, sign] of [
  [true, 'w'],
  [false, 'w'],
  [true, '語'],
] as const) {
  test(`a line that is longer than the window is shown around its cursor, and leaves nothing behind: ${walks ? 'walked' : 'counted'}, of ${sign}`, async () => {
    const words = Array.from({ length: 900 }, (_, at) => `${sign}${at}`).join(' ')
    using far = openFarWindow(true)
    const line = walks ? far.screen.next() : undefined
    await far.arrive()
    far.screen.status('Ada')
    far.screen.print('said before')
    const shown = async (keys: string) => {
      await far.type(keys)
      await far.arrive()
      return far.rows()
    }
    for (const [keys, begin, end] of [
      [words, /^› …/, new RegExp(`${sign}899$`)],
      [' and on', /^› …/, new RegExp(`${sign}899 and on$`)],
      ['\u0001', new RegExp(`^› ${sign}0 ${sign}1 ${sign}2 `), /…$/],
      [left, new RegExp(`^› ${sign}0 ${sign}1 ${sign}2 `), /…$/],
      ['\u001b[C'.repeat(2_000), /^› …/, /…$/],
      ['\u0005', /^› …/, new RegExp(`${sign}899 and on$`)],
    ] as const) {
      const rows = await shown(keys)
      assert.equal(rows.slice(0, 2), ['said before', 'Ada'])
      assert.match(rows[2]!, begin)
      assert.match(rows.join(''), end)
      assert.ok(rows.length <= 10, rows.join('\n'))
    }
    far.screen.print('said meanwhile')
    assert.equal((await shown('')).slice(0, 3), ['said before', 'said meanwhile', 'Ada'])
    assert.equal(await shown('\r'), ['said before', 'said meanwhile', 'Ada', '› '])
    assert.is(await (line ?? far.screen.next()), `${words} and on`)
  })
}

test('what a word may become is told above it, and Ctrl-L leaves nothing but the prompt', async () => {
  using far = openFarWindow(true)
  void far.screen.next()
  await far.arrive()
  for (const [keys, rows] of [
    ['/h\t', ['/help  /history  /hide', '› /h']],
    ['i\t', ['/help  /history  /hide', '/history  /hide', '› /hi']],
    ['s\t', ['/help  /history  /hide', '/history  /hide', '› /history']],
    ['\u000c', ['› /history']],
  ] as const) {
    await far.type(keys)
    await far.arrive()
    assert.equal(far.rows(), rows)
  }
})

test.run()
