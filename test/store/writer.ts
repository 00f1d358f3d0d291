// A process that commits without end, and says on stdout what was answered: "number bytes-of-the-log".
import { add, bytes, row } from '@palabre/sdk/conformance/store-samples'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { openKept } from './kept-profile.ts'

const [folder, first, inFlight] = process.argv.slice(2) as [string, string, string]
const { store } = await openKept(folder)
const log = join(folder, 'store.db-wal')

let next = Number(first)
/** As a ratchet does: its state, the message, and the envelope, in one. */
async function writeOn(): Promise<never> {
  for (;;) {
    const n = next++
    await store.commit([
      { do: 'put', kind: 'session', key: 's', value: bytes(n & 255, (n >> 8) & 255, n >> 16) },
      add(n, { text: `message ${n} ${'of some length '.repeat(n % 20)}` }),
      { do: 'enqueue', row: row(n) },
      { do: 'see', envelope: row(n).envelope, proof: bytes(n & 255), at: n },
    ])
    const answer = `${n} ${statSync(log).size}\n`
    await new Promise((said) => process.stdout.write(answer, said))
  }
}
await Promise.all(Array.from({ length: Number(inFlight) }, writeOn))
