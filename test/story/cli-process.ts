import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export const repository = resolve(import.meta.dirname, '../..')

/** A person with a profile folder of its own, at a terminal; all is removed at the end, with whatever still runs. */
export interface Person extends AsyncDisposable {
  /** For whatever else the story needs on disk. */
  readonly folder: string
  readonly profileDir: string
  /** Its plugins.json. */
  readonly settings: string
  /** Writes files under `folder`: text as it is, anything else as JSON. */
  write(files: Readonly<Record<string, unknown>>): void
  /** `palabre …`, until it ends. */
  palabre(...args: string[]): Promise<Outcome>
  /** `palabre …`, while it runs. */
  start(args: readonly string[], options?: StartOptions): CliProcess
}

interface StartOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  readonly stdio?: StdioOptions
  /** In place of Node with host-cli/palabre.ts. */
  readonly command?: readonly string[]
}

interface Outcome {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

export interface CliProcess {
  readonly child: ChildProcess
  readonly ended: Promise<Outcome>
  /** All of standard output (or error) once it has this in it; fails with what was said when the process ends without. */
  says(what: RegExp | string | ((said: string) => boolean), on?: 'out' | 'err'): Promise<string>
  /** What was said so far. */
  said(on?: 'out' | 'err'): string
  signal(name: NodeJS.Signals): void
}

export function newPerson(settings?: object): Person {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-cli-'))
  const profileDir = join(folder, 'profile')
  const running = new Set<CliProcess>()
  const person: Person = {
    folder,
    profileDir,
    settings: join(profileDir, 'plugins.json'),
    write(files) {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true })
        writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2))
      }
    },
    palabre: (...args) => person.start(args).ended,
    start(args, options = {}) {
      const one = startProcess(args, { ...options, env: { PALABRE_PROFILE_DIR: profileDir, ...options.env } })
      running.add(one)
      void one.ended.then(() => running.delete(one))
      return one
    },
    async [Symbol.asyncDispose]() {
      for (const one of running) one.signal('SIGKILL')
      await Promise.all([...running].map(({ ended }) => ended))
      rmSync(folder, { recursive: true, force: true })
    },
  }
  if (settings !== undefined) person.write({ 'profile/plugins.json': onLoopback(settings) })
  return person
}

/** What would listen to everybody listens to this machine alone, unless the story says where. */
function onLoopback(settings: object): object {
  const { plugins } = settings as { plugins?: object }
  return plugins === undefined ? settings : { ...settings, plugins: { ...loopback, ...plugins } }
}

const loopback = {
  'transport-tcp': { config: { listen: ['/ip4/127.0.0.1/tcp/0'] } },
  'transport-websocket': { config: { listen: ['/ip4/127.0.0.1/tcp/0/ws'] } },
}

function startProcess(
  args: readonly string[],
  { env, cwd, stdio = ['ignore', 'pipe', 'pipe'], command = palabre }: StartOptions,
): CliProcess {
  const [program = '', ...first] = command
  const child = spawn(program, [...first, ...args], {
    cwd: cwd ?? tmpdir(),
    env: { ...process.env, LC_ALL: 'C.UTF-8', DUMP_SESSION_KEYS: undefined, ...env },
    stdio,
  })
  const said = { out: '', err: '' }
  const looking = new Set<() => void>()
  let over = false
  const look = () => looking.forEach((one) => one())
  for (const [name, stream] of [
    ['out', child.stdout],
    ['err', child.stderr],
  ] as const) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said[name] += chunk
      look()
    })
  }
  const ended = once(child, 'close').then(([code, signal]): Outcome => {
    over = true
    look()
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, ...said }
  })

  return {
    child,
    ended,
    said: (on = 'out') => said[on],
    says: (what, on = 'out') =>
      new Promise((found, failed) => {
        const one = () => {
          const isThere = isIn(what, said[on])
          if (!isThere && !over) return
          looking.delete(one)
          if (isThere) found(said[on])
          else failed(new Error(`it ended and never said ${String(what)} on ${on}, but:\n${said.out}\n--- errors:\n${said.err}`))
        }
        looking.add(one)
        one()
      }),
    signal: (name) => void child.kill(name),
  }
}

function isIn(what: RegExp | string | ((said: string) => boolean), said: string): boolean {
  if (typeof what === 'function') return what(said)
  return typeof what === 'string' ? said.includes(what) : what.test(said)
}

const palabre = [process.execPath, join(repository, 'host-cli', 'palabre.ts')]
