import { Client } from 'pg'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPostgres, give, runsAs } from './binaries.ts'

/** A PostgreSQL of this test alone, on loopback, with a password. */
export interface TestPostgres extends AsyncDisposable {
  readonly port: number
  /** Where it keeps everything. */
  readonly data: string
  /** An empty database, and the address to put into the settings. */
  newDatabase(): Promise<string>
  /** Says something to it as its owner. */
  tell(...sql: readonly string[]): Promise<void>
  start(): Promise<void>
  /** As an operator stops it. */
  stop(): Promise<void>
  /** As when the power fails: nothing is finished, and the next start recovers. */
  crash(): Promise<void>
}

export const password = 'a-password-nobody-may-see'

interface PostgresOptions {
  /** Waits for the disk, as one must that keeps what matters: for what is measured. Our crashes are those of processes. */
  readonly isDurable?: boolean
  /** What its command is given to, to run it as whom it must. */
  readonly within?: readonly string[]
}

/** Undefined where this machine has no PostgreSQL to run. */
export async function startPostgres({ isDurable = false, within }: PostgresOptions = {}): Promise<TestPostgres | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-postgres-'))
  give(folder)
  const bin = findPostgres(folder)
  if (bin === undefined) {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const data = join(folder, 'data')
  initialise(bin, data, folder)
  const port = await freePort()
  let server: ChildProcess | undefined
  let databases = 0

  const addressOf = (database: string) => `postgres://palabre:${password}@127.0.0.1:${port}/${database}`

  async function start(): Promise<void> {
    const settings = ['unix_socket_directories=', 'max_connections=200', `fsync=${isDurable ? 'on' : 'off'}`]
    const where = ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...settings.flatMap((one) => ['-c', one])]
    const [program = '', ...args] = [...(within ?? []), join(bin!, 'postgres'), ...where]
    server = spawn(program, args, { ...(within === undefined ? runsAs : {}), stdio: ['ignore', 'ignore', 'pipe'] })
    await saysReady(server)
  }

  async function tell(...sql: readonly string[]): Promise<void> {
    const client = new Client({ connectionString: addressOf('postgres') })
    await client.connect()
    try {
      for (const one of sql) await client.query(one)
    } finally {
      await client.end()
    }
  }

  async function end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    const running = server
    if (running === undefined || running.exitCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    await ended
  }

  const orphaned = () => void server?.kill('SIGQUIT')
  process.once('exit', orphaned)
  await start()
  return {
    port,
    data,
    async newDatabase() {
      const name = `mailbox_${(databases += 1)}`
      await tell(`CREATE DATABASE ${name}`)
      return addressOf(name)
    },
    tell,
    start,
    stop: () => end('SIGINT'),
    crash: () => end('SIGQUIT'),
    async [Symbol.asyncDispose]() {
      await end('SIGQUIT')
      process.off('exit', orphaned)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function initialise(bin: string, data: string, folder: string): void {
  const file = join(folder, 'password')
  writeFileSync(file, password)
  give(file)
  const how = ['-U', 'palabre', '--auth=scram-sha-256', `--pwfile=${file}`, '--locale=C', '--encoding=UTF8', '--no-sync']
  execFileSync(join(bin, 'initdb'), ['-D', data, ...how], { ...runsAs, cwd: folder, stdio: 'pipe' })
}

function saysReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr!.on('data', (some: Buffer) => {
      said = (said + some.toString()).slice(-10_000)
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('exit', (code) => reject(new Error(`postgres ended with ${code}: ${said}`)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
