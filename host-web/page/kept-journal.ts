import type { BootJournal } from '@palabre/kernel'
import type { Keep } from './keep.ts'

const key = 'palabre/boot'

function keptJournal(keep: Keep): BootJournal {
  return {
    load: () => keep.get(key),
    save(text) {
      try {
        keep.set(key, text)
      } catch {
        // A full browser must not keep Palabre from starting; safe mode is what is lost.
      }
    },
  }
}

/**
 * Starts with the journal, unless another tab is starting at this moment: the two would each read the other's unfinished start as
 * a death. A tab that dies lets go of the lock.
 */
export async function withJournal(keep: Keep, start: (journal?: BootJournal) => Promise<void>): Promise<void> {
  // Absent where the page came over plain HTTP from another machine.
  if (navigator.locks === undefined) return start(keptJournal(keep))
  await navigator.locks.request(key, { ifAvailable: true }, (lock) => (lock === null ? start() : start(keptJournal(keep))))
}
