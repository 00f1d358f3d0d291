// npm, run by the Node that we are: npm chooses native builds by the Node it runs on, whatever Node its first line would find.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { print, say, Unready } from './messages.mjs'
import { logPath } from './places.mjs'
import { nameInTurn } from './turn.mjs'

/** A signal came while npm worked: we clean up, then die of it. */
export class Interrupted extends Error {
  constructor(signal) {
    super(signal)
    this.signal = signal
  }
}

export const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Installs or throws the one sentence that says why not. `completing` is for a lock file that is right as far as it goes. */
export async function install(folder, args, completing) {
  const begun = Date.now()
  let outcome = await run(folder, args)
  if (outcome.code !== 0 && completing && isOnlyIncomplete(outcome.text)) {
    print(say.incomplete)
    fs.rmSync(join(folder, 'node_modules'), { recursive: true, force: true })
    outcome = await run(folder, completing)
  }
  if (outcome.code !== 0) throw new Unready(`${explain(folder, outcome)}\n${say.log(logPath)}`)
  print(say.done(secondsSince(begun)))
}

async function run(folder, args) {
  const child = spawnNpm(folder, args)
  const log = fs.openSync(logPath, 'w')
  let text = ''
  let lost
  const keep = (chunk) => {
    text += chunk
    fs.writeSync(log, chunk)
    lost = lost || lostRegistry(text)
    if (lost) child.kill()
  }
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', keep)
  const stopProgress = showProgress(() => (text.match(/ fetch GET 200 \S+\.tgz/g) || []).length)
  try {
    return { code: await outcomeOf(child), text, lost }
  } finally {
    stopProgress()
    fs.closeSync(log)
  }
}

function spawnNpm(folder, args) {
  const [command, ...first] = npmCommand()
  const quiet = ['--loglevel=http', '--no-color', '--no-progress', '--no-audit', '--no-fund', '--no-update-notifier']
  const child = spawn(command, [...first, ...args, ...quiet], {
    cwd: folder,
    env: { ...soonAnswered, ...process.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && first.length === 0,
  })
  if (child.pid) nameInTurn(child.pid)
  return child
}

/** Tries after 0, 1, 3 and 7 seconds; npm's own patience is over a minute for each package. */
const soonAnswered = {
  npm_config_fetch_retries: '3',
  npm_config_fetch_retry_factor: '2',
  npm_config_fetch_retry_mintimeout: '1000',
}

/** Every try for one package failed, and nothing else was answered meanwhile: npm would go on to ask for each of the others. */
function lostRegistry(text) {
  const [, url, code] = / fetch GET (\S+) attempt 4 failed with (\S+)/.exec(text) || []
  if (!url) return undefined
  const meanwhile = text.slice(text.indexOf(`${url} attempt 1 failed`))
  return / fetch GET \d{3} \S+ (?!.*cache hit)/.test(meanwhile) ? undefined : { url, code }
}

function npmCommand() {
  const beside = dirname(process.execPath)
  const onPath = (process.env.PATH || '').split(delimiter)
  const cli = [
    process.env.npm_execpath,
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...onPath.flatMap((folder) => [realPath(join(folder, 'npm')), join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js')]),
  ].find((path) => path && basename(path) === 'npm-cli.js' && fs.existsSync(path))
  return cli ? [process.execPath, cli] : ['npm']
}

async function outcomeOf(child) {
  let signalled
  const onSignal = (signal) => {
    signalled = signal
    child.kill(signal)
    setTimeout(() => child.kill('SIGKILL'), 1000).unref() // npm would first wait for an answer that may never come
  }
  for (const signal of passedOn) process.once(signal, onSignal)
  const code = await new Promise((done) => child.on('error', (error) => done(error.code)).on('close', done))
  for (const signal of passedOn) process.removeListener(signal, onSignal)
  if (signalled) throw new Interrupted(signalled)
  if (code === 'ENOENT') throw new Unready(say.noNpm)
  return code
}

/** On a terminal one line that counts; in a log a line now and then. */
function showProgress(fetched) {
  const begun = Date.now()
  const live = process.stderr.isTTY && process.env.TERM !== 'dumb'
  const line = () => `  ${say.working(secondsSince(begun), fetched())}`
  const timer = setInterval(() => (live ? process.stderr.write(`\r${line()}\u001b[K`) : print(line())), live ? 200 : 5000)
  return () => {
    clearInterval(timer)
    if (live) process.stderr.write('\r\u001b[K')
  }
}

function isOnlyIncomplete(text) {
  return errorCode(text) === 'EUSAGE' && /Missing: .* from lock file/.test(text) && !/Invalid: /.test(text)
}

function explain(folder, { code, text, lost }) {
  const why = lost ? lost.code : errorCode(text) || String(code)
  if (/^(EACCES|EPERM|EROFS|ENOSPC|EDQUOT)$/.test(why)) return say.disk(folder, why)
  if (why === 'EUSAGE') return say.disagree
  const registry = lost ? originOf(lost.url) : registryOf(folder, text)
  if (why === 'EINTEGRITY') return say.tampered(registry)
  if (/CERT|SELF_SIGNED|VERIFY/.test(why)) return say.untrusted(registry, why)
  if (/^(E4\d\d|ETARGET|ENOVERSIONS)$/.test(why)) return say.refused(registry, why)
  if (/^(ECONN|ENOTFOUND|ENOTCACHED|ENET|EHOST|EPIPE|EAI_|E5\d\d|FETCH_ERROR|ERR_)|TIMED?OUT$/.test(why))
    return say.offline(registry, why)
  return say.stopped(registry, why)
}

function errorCode(text) {
  return (/^npm (?:error|ERR!) code (\S+)/m.exec(text) || [])[1]
}

/** The one npm complained about, else the configured one. */
function registryOf(folder, text) {
  const named = /^npm (?:error|ERR!) .*?(https?:\/\/[^\s'"]+)/m.exec(text)
  if (named) return originOf(named[1])
  const [command, ...first] = npmCommand()
  return originOf(spawnSync(command, [...first, 'config', 'get', 'registry'], { cwd: folder, encoding: 'utf8' }).stdout)
}

/** Without the path, and without a password that may stand in it. */
function originOf(address) {
  try {
    const { protocol, host } = new URL(String(address).trim())
    return `${protocol}//${host}/`
  } catch {
    return ''
  }
}

function realPath(path) {
  try {
    return fs.realpathSync(path)
  } catch {
    return undefined
  }
}

function secondsSince(begun) {
  return Math.round((Date.now() - begun) / 1000)
}
