import type { Change, Committed } from '@palabre/sdk/contract/store'
import { applyChange } from './apply-change.ts'
import { closed, faultOf } from './faults.ts'
import type { Sealer } from './sealer.ts'
import { tableNames, type Database, type Writing } from './tables.ts'

interface Job {
  readonly changes: readonly Change[]
  resolve(answer: Committed): void
  reject(error: unknown): void
}

/** Beyond this, the first ones to ask would wait for the last. */
const largestGroup = 64

/**
 * What is asked for while one transaction waits for the disk goes into the next one together. The changes are sound, so only the
 * browser can refuse one, a full disk say: then all of a group fail, and nothing of it is there.
 */
export function createGroupCommit(database: Database, sealer: Sealer) {
  const waiting: Job[] = []
  let writing: Promise<void> | undefined
  let isOpen = true

  const writeWaiting = async () => {
    while (waiting.length > 0) await writeGroup(database, sealer, waiting.splice(0, largestGroup))
    writing = undefined
  }

  return {
    commit: (changes: readonly Change[]): Promise<Committed> =>
      new Promise((resolve, reject) => {
        if (!isOpen) return reject(closed())
        waiting.push({ changes, resolve, reject })
        writing ??= Promise.resolve().then(writeWaiting)
      }),
    /** Writes what was asked for before, and takes no more. */
    async close(): Promise<void> {
      isOpen = false
      await writing
    },
  }
}

async function writeGroup(database: Database, sealer: Sealer, jobs: readonly Job[]): Promise<void> {
  let transaction: Writing | undefined
  try {
    transaction = database.transaction([...tableNames], 'readwrite', { durability: 'strict' }) as Writing
    // Told by what fails below; alone it would be nobody's.
    transaction.done.catch(() => undefined)
    const answers: Committed[] = []
    for (const { changes } of jobs) {
      const known: string[] = []
      for (const change of changes) {
        const id = await applyChange(sealer, transaction, change)
        if (id !== undefined) known.push(id)
      }
      answers.push({ known })
    }
    await transaction.done
    for (const [i, { resolve }] of jobs.entries()) resolve(answers[i]!)
  } catch (error) {
    abort(transaction)
    for (const { reject } of jobs) reject(faultOf(error))
  }
}

function abort(transaction: Writing | undefined): void {
  try {
    transaction?.abort()
  } catch {
    // It ended by itself.
  }
}
