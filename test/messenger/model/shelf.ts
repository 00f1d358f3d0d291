import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Store } from '@palabre/sdk/contract/store'
import { createMemoryStore } from '@palabre/store-memory/memory-store'
import { createTables } from '@palabre/store-memory/memory-tables'
import { openSqliteStore } from '@palabre/store-sqlite/open-store'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What one person’s program keeps. It outlives the program. */
export interface Shelf extends Disposable {
  /** For one program at a time. */
  open(): Promise<OpenStore>
  /** As it is now; what comes back puts it there again, while no program runs. */
  copy(): () => void
}

type OpenStore = Store & { close(): void }

export function memoryShelf(): Shelf {
  let tables = createTables()
  return {
    open: async () => createMemoryStore(tables),
    copy() {
      const kept = structuredClone(tables)
      return () => void (tables = structuredClone(kept))
    },
    [Symbol.dispose]: () => undefined,
  }
}

/** The store of the house, in a file that is copied as it lies on the disk, with its log. */
export function fileShelf(primitives: Primitives): Shelf {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-shelf-'))
  const key = primitives.randomBytes(32)
  const empty = () => readdirSync(folder).forEach((name) => rmSync(join(folder, name)))
  return {
    open: () => openSqliteStore({ file: join(folder, 'store.db'), key, primitives }),
    copy() {
      const kept = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))] as const)
      return () => {
        empty()
        for (const [name, content] of kept) writeFileSync(join(folder, name), content)
      }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}
