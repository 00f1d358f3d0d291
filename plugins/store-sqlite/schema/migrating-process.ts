import { openSqliteStore } from '../open-store.ts'
import { key } from './released/content.ts'
import { primitives } from '../primitives-for-tests.ts'
import { migrations } from './migrate.ts'
import { schema2 } from './schema-2-for-tests.ts'

/** Migrates the database it is told, says so in the middle, and goes no further. */
const [file = ''] = process.argv.slice(2)
const stuck = () => new Promise<void>((resolve) => setInterval(resolve, 2 ** 30))
const hang = async () => {
  process.stdout.write('in the middle')
  await stuck()
}
await openSqliteStore({ file, key, primitives }, { ...migrations, '0002': { up: schema2(hang) } })
