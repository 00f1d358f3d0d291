import { stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createWhole, moveWhole, readWhole, removeWhole } from './durable-files.ts'

/** Nothing is done under a lock that takes longer than a few milliseconds; a lock this old was left by the dead. */
const oldestMs = 30_000

/** Does `work` while no other process does anything under the same lock. Whoever died with it held it no longer. */
export async function exclusively<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mine = encode(`${process.pid} ${crypto.randomUUID()}\n`)
  while (!(await createWhole(file, mine))) {
    if (!(await breakIfLeft(file))) await sleep(5)
  }
  try {
    return await work()
  } finally {
    const now = await readWhole(file)
    if (now !== undefined && decode(now) === decode(mine)) await removeWhole(file)
  }
}

/** True when it was left behind and is gone now. */
async function breakIfLeft(file: string): Promise<boolean> {
  const found = await readWhole(file)
  if (found === undefined) return true
  if (isAlive(Number.parseInt(decode(found), 10)) && !(await isOld(file))) return false
  // Of several who find it left, one moves it aside; whoever moved a fresh one by mistake puts it back.
  const aside = `${file}.${crypto.randomUUID()}.tmp`
  if (!(await moveWhole(file, aside))) return true
  const moved = await readWhole(aside)
  if (moved !== undefined && decode(moved) !== decode(found)) await createWhole(file, moved)
  await removeWhole(aside)
  return true
}

async function isOld(file: string): Promise<boolean> {
  const times = await stat(file).catch(() => undefined)
  return times !== undefined && Date.now() - times.mtimeMs > oldestMs
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const encode = (text: string) => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
