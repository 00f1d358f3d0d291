import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'

const piece = 1 << 22

/** Whether a running process of ours holds these bytes anywhere that it may read or write. */
export function isInMemory(pid: number, wanted: Buffer): boolean {
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    return mapped(pid).some(([start, end]) => isBetween(memory, start, end, wanted))
  } finally {
    closeSync(memory)
  }
}

function mapped(pid: number): [start: number, end: number][] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')
  return lines.flatMap((line): [number, number][] => {
    const [, start, end, name = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw\S+ \S+ \S+ \S+\s*(.*)$/.exec(line) ?? []
    return start === undefined || end === undefined || name.startsWith('/dev/') ? [] : [[Number(`0x${start}`), Number(`0x${end}`)]]
  })
}

/** Pieces overlap, so that nothing is missed between two. */
function isBetween(memory: number, start: number, end: number, wanted: Buffer): boolean {
  const buffer = Buffer.alloc(piece)
  for (let at = start; at < end; at += piece - wanted.length) {
    const length = readAt(memory, buffer, at, Math.min(piece, end - at))
    if (buffer.subarray(0, length).includes(wanted)) return true
  }
  return false
}

/** What was mapped a moment ago may be gone. */
function readAt(memory: number, buffer: Buffer, at: number, length: number): number {
  try {
    return readSync(memory, buffer, 0, length, at)
  } catch {
    return 0
  }
}

/** What somebody keeps on the disk. */
export function filesIn(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name)))
}
