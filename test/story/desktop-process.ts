import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { processesNaming } from './processes.ts'

const desktop = resolve(import.meta.dirname, '../../host-desktop/desktop.ts')

/** A profile folder of its own, removed at the end with whatever still runs in it. */
export interface TestProfile extends AsyncDisposable {
  readonly dir: string
  /** Its plugins.json, which a person may edit while Palabre runs. */
  readonly settings: string
  write(settings: object): Promise<void>
  /** `npm start` with these arguments; comes back once something is told on standard output, or the process has ended. */
  start(args?: readonly string[], env?: Readonly<Record<string, string>>): Promise<DesktopProcess>
}

export interface DesktopProcess {
  readonly child: ChildProcess
  readonly exit: Promise<number | null>
  /** Everything told so far. */
  readonly out: readonly string[]
  readonly err: readonly string[]
  /** The next line on standard output that fits; one told before counts. */
  line(pattern: RegExp): Promise<string>
  /** The same of standard error. */
  errorLine(pattern: RegExp): Promise<string>
  /** What `--json` told: the address and how it is shown. */
  told(): Promise<{ address: string; window: string; reason?: { en: string; fr: string } }>
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export async function openProfile(settings?: object): Promise<TestProfile> {
  const dir = await mkdtemp(join(tmpdir(), 'palabre-desktop-'))
  const file = join(dir, 'plugins.json')
  const running: DesktopProcess[] = []
  const write = (content: object) => writeFile(file, JSON.stringify(content, null, 2))
  if (settings !== undefined) await write(settings)
  return {
    dir,
    settings: file,
    write,
    async start(args = [], env = {}) {
      const one = run(['--profile-dir', dir, ...args], env)
      running.push(one)
      await Promise.race([one.line(/./).catch(() => undefined), one.exit])
      return one
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(running.map((one) => one.stop('SIGKILL')))
      await everythingGone(dir)
      await rm(dir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Processes that were killed with their parent take a moment, and write until then. */
async function everythingGone(dir: string): Promise<void> {
  while (processesNaming(dir).length > 0) await new Promise((resolve) => setTimeout(resolve, 20))
}

function run(args: readonly string[], env: Readonly<Record<string, string>>): DesktopProcess {
  const { DISPLAY: _screen, WAYLAND_DISPLAY: _otherScreen, ...inherited } = process.env
  const child = spawn(process.execPath, [desktop, ...args], {
    env: { ...inherited, LANG: 'en', LC_ALL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = once(child, 'close').then(([code]) => code as number | null)
  const out = linesOf(child.stdout)
  const err = linesOf(child.stderr)
  return {
    child,
    exit,
    out: out.lines,
    err: err.lines,
    line: out.find,
    errorLine: err.find,
    told: async () => JSON.parse(await out.find(/^\{/)) as { address: string; window: string },
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return exit
    },
  }
}

function linesOf(stream: NodeJS.ReadableStream) {
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const wake = () => waiting.forEach((one) => one())
  let over = false
  createInterface({ input: stream })
    .on('line', (line) => {
      lines.push(line)
      wake()
    })
    .on('close', () => {
      over = true
      wake()
    })

  const find = (pattern: RegExp) =>
    new Promise<string>((found, failed) => {
      const look = () => {
        const line = lines.find((one) => pattern.test(one))
        if (line === undefined && !over) return
        waiting.delete(look)
        if (line === undefined) failed(new Error(`nothing like ${pattern} was told, but:\n${lines.join('\n')}`))
        else found(line)
      }
      waiting.add(look)
      look()
    })
  return { lines, find }
}
