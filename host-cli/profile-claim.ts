import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { holdVersion, lockFile, makeHoldable, readNote, removeNote, writeNote, type HoldNote } from './hold-file.ts'
import { openDoor, type AttachedRun, type Door } from './hold-door.ts'

export type Claimant = Pick<HoldNote, 'host' | 'plugins' | 'profile'>

/** There is one kernel for each profile folder: whoever holds it. */
export interface Claim {
  /** False when somebody else holds it. Whoever stays lets others run commands here, once `serve` says how. */
  take(stays: boolean): Promise<boolean>
  serve(run: AttachedRun): void
  /** Takes no more commands, and waits for those that end by themselves. */
  leave(): Promise<void>
  /** Nobody runs anything here any more. */
  close(): Promise<void>
  release(): void
}

export function openClaim(profileDir: string, claimant: Claimant): Claim {
  let lock: Disposable | undefined
  let door: Door | undefined
  return {
    async take(stays) {
      makeHoldable(profileDir)
      lock = await lockFile(join(profileDir, 'running.lock'))
      if (lock === undefined) return false
      sweep(readNote(profileDir))
      if (stays) door = await openDoor(profileDir)
      const way = door === undefined ? null : { address: door.address, secret: door.secret }
      writeNote(profileDir, { version: holdVersion, pid: process.pid, ...claimant, door: way })
      return true
    },
    serve: (run) => door?.serve(run),
    leave: async () => door?.leave(),
    close: async () => door?.close(),
    release() {
      if (lock !== undefined) removeNote(profileDir)
      lock?.[Symbol.dispose]()
      lock = undefined
    },
  }
}

/** What somebody left who was killed. */
function sweep(left: HoldNote | undefined): void {
  if (left?.door?.address.endsWith('.sock') === true) rmSync(left.door.address, { force: true })
}
