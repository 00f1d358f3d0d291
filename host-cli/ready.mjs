// The way into every script of this repository: node host-cli/ready.mjs <script.ts> [arguments]
//
// It finds a Node that runs TypeScript (or fetches one into .node/), installs the locked packages when node_modules is not made of
// them, and gets out of the way. It runs on Node 18 with nothing installed: plain JavaScript, no dependency, not even the sdk.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import module from 'node:module'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { print, say, Unready } from './ready/messages.mjs'
import { newEnoughNode } from './ready/node.mjs'
import { Interrupted, passedOn } from './ready/npm.mjs'
import { installPackages } from './ready/packages.mjs'
import { home, root } from './ready/places.mjs'

const script = await prepare(process.argv[2]).catch(giveUp)
if (script) await runHere(script)

/** The script to run in this process, if it is ours to run. */
async function prepare(name) {
  if (!name) throw new Unready(say.usage, 2)
  const path = resolve(root, name)
  if (!fs.existsSync(path)) throw new Unready(say.noScript(path), 2)
  const node = await newEnoughNode()
  if (node !== process.execPath) return runUnder(node)
  offerToSubProcesses(dirname(node))
  await installPackages()
  return path
}

/** Install scripts and tools that begin with `#!/usr/bin/env node` find this Node, not the old one. */
function offerToSubProcesses(folder) {
  const others = (process.env.PATH || '').split(delimiter).filter((other) => other !== folder)
  process.env.PATH = [folder, ...others].join(delimiter)
}

/** As if the script had been started directly; what Node compiles is kept, for the script's sub-processes too. */
async function runHere(path) {
  process.env.NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE || join(home, 'compiled')
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
  process.argv = [process.execPath, path, ...process.argv.slice(3)]
  await import(pathToFileURL(path).href)
}

/** The same entrance again under the newer Node; we stay only to pass signals down and the outcome up. */
async function runUnder(node) {
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  const onSignal = (signal) => reachesChildAnyway(signal) || child.kill(signal)
  for (const signal of passedOn) process.on(signal, onSignal)
  const [code, signal] = await new Promise((done, failed) => child.on('error', failed).on('exit', (...outcome) => done(outcome)))
  for (const name of passedOn) process.removeListener(name, onSignal)
  if (signal) process.kill(process.pid, signal)
  else process.exitCode = code
}

/** A terminal sends Ctrl-C to the child as well; passed on, it would count as a second, impatient one. */
function reachesChildAnyway(signal) {
  return signal === 'SIGINT' && (process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY)
}

function giveUp(error) {
  if (error instanceof Interrupted) process.kill(process.pid, error.signal)
  else if (error instanceof Unready) print(error.message)
  else throw error
  process.exitCode = error.exitCode || 1
}
