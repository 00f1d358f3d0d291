// Two calls at once do not install over each other: one works, the others wait for their turn and then find the work done.
import fs from 'node:fs'
import { hostname } from 'node:os'
import { print, say, Unready } from './messages.mjs'
import { home, root, turnPath } from './places.mjs'

const pollMs = 200
const silentPolls = 600

export async function inTurn(task) {
  makeHome()
  await takeTurn()
  const alive = setInterval(() => ignoreErrors(() => fs.utimesSync(turnPath, new Date(), new Date())), 2000)
  try {
    return await task()
  } finally {
    clearInterval(alive)
    if (isOurs(holderOfTurn())) fs.rmSync(turnPath, { force: true })
  }
}

/** npm may outlive a caller that was killed; while it lives, the turn is not free. */
export function nameInTurn(npmPid) {
  fs.writeFileSync(turnPath, nameTag([process.pid, npmPid]))
}

function makeHome() {
  try {
    fs.mkdirSync(home, { recursive: true })
  } catch (error) {
    throw new Unready(say.disk(root, error.code))
  }
}

async function takeTurn() {
  let told = false
  let lastSign = 0
  let silent = 0
  while (!tryTurn()) {
    const holder = holderOfTurn()
    if (holder && !told) print(say.waiting(holder.pids[0], turnPath))
    told = told || Boolean(holder)
    const sign = modifiedAt(turnPath)
    silent = sign === lastSign ? silent + 1 : 0
    lastSign = sign
    if (isAbandoned(holder, silent)) freeTurn(holder)
    await new Promise((done) => setTimeout(done, pollMs))
  }
}

function tryTurn() {
  try {
    fs.writeFileSync(turnPath, nameTag([process.pid]), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw new Unready(say.disk(home, error.code))
  }
}

function nameTag(pids) {
  return JSON.stringify({ host: hostname(), pids })
}

function holderOfTurn() {
  return ignoreErrors(() => JSON.parse(fs.readFileSync(turnPath, 'utf8')))
}

function isOurs(holder) {
  return holder && holder.host === hostname() && holder.pids[0] === process.pid
}

/** Its processes are gone; or, where we cannot know (another machine, a process number used again), it gave no sign for two minutes. */
function isAbandoned(holder, silent) {
  return silent > silentPolls || Boolean(holder && holder.host === hostname() && !holder.pids.some(isAlive))
}

/** Under a guard and looking once more: else two that wait could each remove the fresh lock of the other. */
function freeTurn(holder) {
  const guard = `${turnPath}.guard`
  try {
    fs.mkdirSync(guard)
  } catch {
    if (Date.now() - modifiedAt(guard) > 10_000) fs.rmSync(guard, { recursive: true, force: true })
    return
  }
  if (JSON.stringify(holderOfTurn()) === JSON.stringify(holder)) {
    print(say.abandoned)
    fs.rmSync(turnPath, { force: true })
  }
  fs.rmdirSync(guard)
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function modifiedAt(path) {
  return ignoreErrors(() => fs.statSync(path).mtimeMs) || 0
}

function ignoreErrors(step) {
  try {
    return step()
  } catch {
    return undefined
  }
}
