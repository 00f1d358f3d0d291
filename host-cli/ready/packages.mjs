// The packages that package-lock.json names, installed under the Node that will run them.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { dirname } from 'node:path'
import { print, say, Unready } from './messages.mjs'
import { majorOf } from './node.mjs'
import { install } from './npm.mjs'
import { root, stampPath, wishesPath } from './places.mjs'
import { inTurn } from './turn.mjs'

export async function installPackages() {
  if (!fs.existsSync(wishesPath)) throw new Unready(say.noLock(wishesPath))
  if (reasonToInstall()) await inTurn(installOnce)
}

/** The stamp goes first and comes last, so an installation that was cut short is seen at the next call. */
async function installOnce() {
  const reason = reasonToInstall() // whoever we waited for may have done it
  if (!reason) return
  print(reason)
  const stamp = wantedStamp()
  fs.rmSync(stampPath, { force: true })
  await install(root, ['ci', '--include=dev'], ['install', '--no-save', '--include=dev'])
  writeStamp(stamp)
}

/** For whoever has let npm change both: the lock and the packages still belong together. */
export function stampAgain() {
  if (readStamp()) writeStamp(wantedStamp())
}

function writeStamp(stamp) {
  fs.mkdirSync(dirname(stampPath), { recursive: true })
  fs.writeFileSync(stampPath, JSON.stringify(stamp))
}

function reasonToInstall() {
  if (!fs.existsSync(dirname(stampPath))) return say.first
  const found = readStamp()
  const wanted = wantedStamp()
  if (!found) return say.unfinished
  if (found.packages !== wanted.packages) return say.changed
  return found.node === wanted.node ? undefined : say.otherNode(found.node, wanted.node)
}

/** Native packages are built for one major of Node on one kind of machine. */
function wantedStamp() {
  return {
    packages: createHash('sha256').update(fs.readFileSync(wishesPath)).digest('hex'),
    node: `${majorOf(process.versions.node)} ${process.platform}-${process.arch}`,
  }
}

function readStamp() {
  try {
    return JSON.parse(fs.readFileSync(stampPath, 'utf8'))
  } catch {
    return undefined
  }
}
