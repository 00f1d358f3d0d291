import type { Change, Committed } from '@palabre/sdk/contract/store'
import { leavesTraces, type ApplyChange } from './apply-changes.ts'
import { closed, faultOf } from './faults.ts'
import type { OpenDatabase } from './open-database.ts'

export interface GroupCommit {
  /** Changes that nobody else holds. */
  commit(changes: readonly Change[]): Promise<Committed>
  /** Writes what was asked for before, and takes no more. */
  close(): void
}

interface Job {
  readonly changes: readonly Change[]
  resolve(answer: Committed): void
  reject(error: unknown): void
}

/** Beyond this, the first ones to ask would wait for the last. */
const largestGroup = 256

/**
 * Waiting for the disk costs the same for one commit and for many. Those that are asked for in one turn of the event loop share
 * one transaction, each in a savepoint of its own: it fails alone, but when the disk fails they fail together.
 */
export function createGroupCommit(database: OpenDatabase, apply: ApplyChange): GroupCommit {
  const [begin, commit, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map((sql) => database.prepare(sql))
  const [save, release, takeBack] = ['SAVEPOINT one', 'RELEASE one', 'ROLLBACK TO one'].map((sql) => database.prepare(sql))
  const waiting: Job[] = []
  let isOpen = true

  const writeOne = ({ changes, resolve, reject }: Job): (() => void) => {
    save!.run()
    try {
      const known = changes.map(apply).filter((id) => id !== undefined)
      release!.run()
      return () => resolve({ known })
    } catch (error) {
      // The driver gives up the whole transaction when the disk is full, and so do we.
      if (!database.inTransaction) throw error
      takeBack!.run()
      release!.run()
      return () => reject(faultOf(error))
    }
  }
  const writeGroup = (jobs: readonly Job[]) => {
    try {
      begin!.run()
      const answers = jobs.map(writeOne)
      commit!.run()
      for (const answer of answers) answer()
    } catch (error) {
      if (database.inTransaction) rollback!.run()
      for (const { reject } of jobs) reject(faultOf(error))
      return
    }
    if (jobs.some(({ changes }) => changes.some(leavesTraces))) dropLog(database)
  }
  const writeWaiting = () => {
    const jobs = waiting.splice(0, largestGroup)
    if (waiting.length > 0) setImmediate(writeWaiting)
    if (jobs.length > 0) writeGroup(jobs)
  }

  return {
    commit: (changes) =>
      new Promise((resolve, reject) => {
        if (!isOpen) return reject(closed())
        waiting.push({ changes, resolve, reject })
        if (waiting.length === 1) setImmediate(writeWaiting)
      }),
    close() {
      isOpen = false
      while (waiting.length > 0) writeWaiting()
    },
  }
}

/** What was erased still stands in the log, sealed, until the log begins anew. A full disk only delays that. */
function dropLog(database: OpenDatabase): void {
  try {
    database.pragma('wal_checkpoint(TRUNCATE)')
  } catch {
    // The next one does it.
  }
}
