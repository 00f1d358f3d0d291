import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { TestFile } from './find.ts'
import type { Job } from './jobs.ts'
import { decodeMessages, type Message, type Tally } from './message.ts'

export interface Result extends Tally {
  readonly name: string
  /** What the tests printed. */
  readonly output: string
}

/** Runs a job's files, in a fresh process after each one that ended its process. */
export async function runJob(root: string, job: Job, onResult: (result: Result) => void): Promise<void> {
  let waiting = job.files
  while (waiting.length > 0) {
    const done = await runProcess(root, { ...job, files: waiting }, onResult)
    waiting = waiting.slice(done)
  }
}

/** How many of the files are done with, in whatever way; at least one. */
async function runProcess(
  root: string,
  { files, flags, remark, endsAlone }: Job,
  onResult: (result: Result) => void,
): Promise<number> {
  const paths = files.map((file) => join(root, file.path))
  const worker = join(import.meta.dirname, 'worker.ts')
  const begun = performance.now()
  const child = spawn(process.execPath, [...flags, worker, endsAlone ? 'yes' : 'no', ...paths], {
    cwd: root,
    // The same for everyone: no test may pass or fail by the language, the time zone or the terminal of who runs it.
    env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC', NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // a group of its own, so that what the tests start can be ended with them
  })
  const follower = new Follower(child, files, (result) => onResult({ ...result, name: result.name + remark }))
  running.add(child)
  const [code, signal] = await ended(child)
  running.delete(child)
  return follower.close(code, signal, performance.now() - begun)
}

/** The group is ended with its first process; else a process left behind would hold the pipes, and us. */
async function ended(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  const closed = new Promise((done) => child.once('close', done))
  const outcome = await new Promise<[number | null, NodeJS.Signals | null]>((done) => child.once('exit', (...all) => done(all)))
  endGroup(child)
  await closed
  return outcome
}

/** Keeps the account of one process while it writes. */
class Follower {
  readonly #child: ChildProcess
  readonly #files: readonly TestFile[]
  readonly #onResult: (result: Result) => void
  #rest = ''
  #output = ''
  #index = -1
  #running = ''
  #tally: Tally | undefined
  #why: string | undefined
  #limit: NodeJS.Timeout | undefined

  constructor(child: ChildProcess, files: readonly TestFile[], onResult: (result: Result) => void) {
    this.#child = child
    this.#files = files
    this.#onResult = onResult
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#read(text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#output += text))
  }

  close(code: number | null, signal: NodeJS.Signals | null, ms: number): number {
    clearTimeout(this.#limit)
    this.#index = Math.max(this.#index, 0) // the process may have died before it began
    const how = signal ? `by ${signal}` : `with exit code ${code}`
    const at = this.#running ? `, in the test "${this.#running}"` : ''
    if (!this.#tally) this.#fail((this.#why ?? `Its process ended ${how} before its tests did`) + at, ms)
    else if (this.#why) this.#fail(this.#why, ms)
    else if (code !== 0) this.#fail(`Its process ended ${how} after its tests`, ms)
    this.#hand()
    return this.#index + 1
  }

  #read(text: string) {
    const { parts, rest } = decodeMessages(this.#rest + text)
    this.#rest = rest
    for (const part of parts) {
      if (typeof part === 'string') this.#output += part
      else this.#hear(part)
    }
  }

  #hear(message: Message) {
    if (message.kind === 'begin') this.#begin()
    else if (message.kind === 'test') this.#running = message.name
    else if (message.kind === 'drained') this.#why ??= 'Its event loop ran empty: it awaits something that never comes'
    else if (message.kind === 'open') this.#why = `Its tests are done, but something is still open: ${message.resources.join(', ')}`
    else {
      clearTimeout(this.#limit)
      this.#tally = message.tally
    }
  }

  #begin() {
    if (this.#index >= 0) this.#hand()
    this.#index += 1
    this.#tally = undefined
    this.#output = ''
    this.#running = ''
    const limitMs = this.#files[this.#index]?.limitMs ?? 0
    this.#limit = setTimeout(() => {
      this.#why = `It took longer than ${limitMs / 1000} s`
      endGroup(this.#child)
    }, limitMs)
  }

  #fail(why: string, ms: number) {
    const { passed = 0, failed = 0, skipped = 0, failures = [] } = this.#tally ?? {}
    this.#tally = { passed, failed: failed + 1, skipped, ms: this.#tally?.ms ?? ms, failures: [...failures, `${why}.`] }
  }

  #hand() {
    const file = this.#files[this.#index]
    if (file && this.#tally) this.#onResult({ ...this.#tally, name: file.path, output: this.#output })
  }
}

const running = new Set<ChildProcess>()

function endGroup(child: ChildProcess) {
  try {
    process.kill(-Number(child.pid), 'SIGKILL')
  } catch {
    child.kill('SIGKILL') // no such group: all of it has ended, or there are no groups on this system
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    for (const child of running) endGroup(child)
    process.kill(process.pid, signal)
  })
}
