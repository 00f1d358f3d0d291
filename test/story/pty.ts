import xterm from '@xterm/headless'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from './cli-process.ts'

/** `palabre` in a real pseudo-terminal, drawn by a real terminal's code, so that what counts is what a person sees. */
export interface PtyPalabre extends AsyncDisposable {
  type(keys: string): void
  /** The rows of the screen and of what scrolled off, once they fit; fails with them when the process ends without. */
  shows(what: string | RegExp | ((rows: readonly string[]) => boolean)): Promise<readonly string[]>
  rows(): readonly string[]
  /** Every byte that was written to the terminal. */
  raw(): string
  resize(columns: number, rows: number): Promise<void>
  /** What kind of terminal it is from now on. What it kept to itself it says once it answers. */
  becomes(kind: Partial<TerminalKind>): void
  readonly ended: Promise<number>
  signal(name: NodeJS.Signals): void
}

/** Why there is no pseudo-terminal here; undefined where there is. */
export function noPty(): string | undefined {
  const { status, error } = spawnSync('script', ['--version'])
  if (error !== undefined || status !== 0) return 'the command script (util-linux) is not there'
  return process.platform === 'linux' ? undefined : 'script takes other options on this system'
}

export interface PtyOptions {
  readonly profileDir: string
  readonly args?: readonly string[]
  readonly columns?: number
  readonly rows?: number
  readonly env?: Readonly<Record<string, string>>
  readonly kind?: Partial<TerminalKind>
}

export interface TerminalKind {
  /** When the width changes the line of the cursor is laid out anew, as all others are. Most do so, some leave it. */
  readonly reflowsCursorLine: boolean
  /** When it is asked where the cursor is. */
  readonly answers: boolean
}

/** Generous: only a fault takes so long. */
const patience = 60_000

export function startPty({ profileDir, args = [], columns = 80, rows = 24, env = {}, kind = {} }: PtyOptions): PtyPalabre {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-pty-'))
  const note = join(folder, 'tty')
  const program = [process.execPath, join(repository, 'host-cli', 'palabre.ts'), '--profile-dir', profileDir, ...args]
  const line = `stty cols ${columns} rows ${rows}; { tty; echo $$; } > '${note}'; exec ${program.map((word) => `'${word}'`).join(' ')}`
  const child = spawn('script', ['-qefc', line, '/dev/null'], {
    env: { ...process.env, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', NO_COLOR: '1', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const size = { cols: columns, rows, scrollback: 5_000, reflowCursorLine: kind.reflowsCursorLine ?? true }
  const terminal = new xterm.Terminal({ ...size, allowProposedApi: true })
  let unanswered = kind.answers === false ? '' : undefined
  terminal.onData((answer) => {
    if (unanswered === undefined) child.stdin.write(answer)
    else unanswered += answer
  })
  const looking = new Set<() => void>()
  const look = () => looking.forEach((one) => one())
  let raw = ''
  let over = false
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    raw += chunk
    terminal.write(chunk, look)
  })
  child.stdin.on('error', () => undefined)
  const ended = once(child, 'close').then(([code]) => {
    over = true
    terminal.write('', look)
    return code as number
  })
  const tty = () => readFileSync(note, 'utf8').split('\n')

  const shown = () => {
    const { active } = terminal.buffer
    return Array.from({ length: active.length }, (_, row) => active.getLine(row)!.translateToString(true))
  }
  return {
    ended,
    rows: shown,
    raw: () => raw,
    type: (keys) => void child.stdin.write(keys),
    signal: (name) => void process.kill(Number(tty()[1]), name),
    shows: (what) =>
      new Promise((found, failed) => {
        const fail = (why: string) =>
          failed(new Error(`${why} and never showed ${String(what)}, but:\n${shown().join('\n').trimEnd()}`))
        const late = setTimeout(() => fail(`${patience} ms went by`), patience)
        const one = () => {
          const now = shown()
          const isThere = fits(what, now)
          if (!isThere && !over) return
          looking.delete(one)
          clearTimeout(late)
          if (isThere) found(now)
          else fail('it ended')
        }
        looking.add(one)
        one()
      }),
    becomes({ reflowsCursorLine, answers }) {
      if (reflowsCursorLine !== undefined) terminal.options.reflowCursorLine = reflowsCursorLine
      if (answers === false) unanswered ??= ''
      if (answers !== true || unanswered === undefined) return
      child.stdin.write(unanswered)
      unanswered = undefined
    },
    async resize(cols, height) {
      terminal.resize(cols, height)
      // Meanwhile it is drawn on, as any window is.
      const [status] = await once(spawn('stty', ['-F', tty()[0]!, 'cols', String(cols), 'rows', String(height)]), 'close')
      if (status !== 0) throw new Error('stty failed')
    },
    async [Symbol.asyncDispose]() {
      if (!over) child.stdin.end()
      if (!over) process.kill(Number(tty()[1]), 'SIGKILL')
      await ended
      terminal.dispose()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function fits(what: string | RegExp | ((rows: readonly string[]) => boolean), rows: readonly string[]): boolean {
  if (typeof what === 'function') return what(rows)
  const all = rows.join('\n')
  return typeof what === 'string' ? all.includes(what) : what.test(all)
}
