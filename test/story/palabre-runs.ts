import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text as textOf } from 'node:stream/consumers'

const palabre = resolve(import.meta.dirname, '../../host-cli/palabre.ts')

/** A person's folder and the command line that works in it, each time in a process of its own. */
export interface PalabreRuns extends AsyncDisposable {
  readonly dir: string
  run(line: string, options?: RunOptions): Promise<RunResult>
  /** Runs until somebody ends it. */
  begin(line: string, options?: RunOptions): { readonly child: ChildProcess; readonly result: Promise<RunResult> }
  /** Every file in the folder. */
  files(): Promise<Map<string, Buffer>>
}

export interface RunOptions {
  /** Piped in; nothing without it. */
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

interface RunResult {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export async function openPalabre(): Promise<PalabreRuns> {
  const dir = await mkdtemp(join(tmpdir(), 'palabre-story-'))
  const begin: PalabreRuns['begin'] = (line, { input = '', env = {} } = {}) => {
    const { PALABRE_PASSPHRASE: _mine, ...inherited } = process.env
    const child = spawn(process.execPath, [palabre, '--profile-dir', dir, ...line.split(' ')], {
      env: { ...inherited, LANG: 'en', LC_ALL: '', ...env },
      stdio: 'pipe',
    })
    // Whoever does not read what is piped in, or was killed, may have closed it.
    child.stdin.on('error', () => undefined).end(input)
    const ended = Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'close')])
    return { child, result: ended.then(([out, err, [code]]) => ({ code: code as number | null, out, err })) }
  }
  return {
    dir,
    begin,
    run: (line, options) => begin(line, options).result,
    async files() {
      const names = await readdir(dir)
      return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(dir, name))] as const)))
    },
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true }),
  }
}
