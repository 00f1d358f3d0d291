import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = dirname(dirname(dirname(import.meta.dirname)))

/** A repository with our entrance, one dependency and one script, and an npm cache that nothing has touched. */
export function makeTinyProject(name: string, version: string, integrity: string, settings: NodeJS.ProcessEnv = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-ready-'))
  const cache = mkdtempSync(join(tmpdir(), 'palabre-cache-'))
  mkdirSync(join(folder, 'host-cli'))
  cpSync(join(root, 'host-cli', 'ready.mjs'), join(folder, 'host-cli', 'ready.mjs'))
  cpSync(join(root, 'host-cli', 'ready'), join(folder, 'host-cli', 'ready'), { recursive: true })
  writeFileSync(join(folder, 'host-cli', 'hello.ts'), hello(name))
  const wishes = { name: 'tiny', private: true, type: 'module', dependencies: { [name]: version } }
  const lock = {
    name: 'tiny',
    lockfileVersion: 3,
    requires: true,
    packages: { '': wishes, [`node_modules/${name}`]: { version, integrity } },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(wishes))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock))

  return {
    folder,
    stamp: join(folder, 'node_modules', '.ready.json'),
    turn: join(folder, '.node', 'ready.lock'),
    start: (args: string[] = [], { node = process.execPath, ...env }: NodeJS.ProcessEnv = {}) =>
      startReady(node, folder, args, { npm_config_cache: cache, ...settings, ...env }),
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true, force: true })
      rmSync(cache, { recursive: true, force: true })
    },
  }
}

/** Says where it runs, and does what it is told. */
const hello = (dependency: string) => `
import { spawnSync } from 'node:child_process'
const [task, ...rest]: string[] = process.argv.slice(2)
const inherited = spawnSync('node', ['-p', 'process.version'], { encoding: 'utf8' }).stdout.trim()
const found = import.meta.resolve('${dependency}').includes('node_modules')
console.log(JSON.stringify({ node: process.version, inherited, found, task, rest }))
if (task === 'fail') process.exitCode = 3
if (task === 'die') process.kill(process.pid, 'SIGTERM')
if (task === 'listen') {
  process.once('SIGTERM', () => process.exit(7))
  process.stderr.write('listening\\n')
}
if (task === 'listen' || task === 'die') setInterval(() => {}, 1000)
`

function startReady(node: string, cwd: string, args: string[], settings: NodeJS.ProcessEnv) {
  const begun = performance.now()
  const child = spawn(node, ['host-cli/ready.mjs', 'host-cli/hello.ts', ...args], {
    cwd,
    env: { ...ordinaryEnvironment(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<Ended>((done) =>
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr, ms: performance.now() - begun })),
  )
  return {
    ended,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** With all it started. */
    killGroup: () => process.kill(-Number(child.pid), 'SIGKILL'),
    says: (text: string) =>
      new Promise<void>((done, failed) => {
        const look = () => stderr.includes(text) && done()
        child.stderr.on('data', look)
        void ended.then(() => failed(new Error(`It ended without saying "${text}":\n${stderr}`)))
        look()
      }),
  }
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly ms: number
}

/** As in a person's shell, not as in the npm run that may have started us. */
export function ordinaryEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_COMPILE_CACHE|INIT_CWD|NODE$|LC_|LANG)/i.test(name))
  return { ...Object.fromEntries(kept), LANG: 'C.UTF-8' }
}
