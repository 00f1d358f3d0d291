// Runs on a disk of its own, which it fills: prints what happened as JSON.
import { add } from '@palabre/sdk/conformance/store-samples'
import { isPalabreError } from '@palabre/sdk'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openKept } from './kept-profile.ts'

const folder = process.argv[2]!
const ballast = join(folder, 'ballast')
writeFileSync(ballast, new Uint8Array(1_100_000))

const first = await openKept(folder)
const write = (n: number) => first.store.commit([add(n, { text: `${n} ${'full '.repeat(2000)}` })])
let n = 0
let refusal: unknown
while (refusal === undefined) {
  await write(n).then(
    () => n++,
    (error: unknown) => (refusal = error),
  )
}
const refusedAgain = await write(n).catch((error: unknown) => error)
const readable = (await first.store.messages('alice', { limit: 500 })).length
rmSync(ballast)
await write(n)
await first.close()
const again = await openKept(folder)
const kept = (await again.store.messages('alice', { limit: 500 })).length
await again.close()

const told = (error: unknown) => (isPalabreError(error) ? [error.code, error.text, error.todo] : String(error))
console.log(JSON.stringify({ answered: n, readable, kept, refusal: told(refusal), refusedAgain: told(refusedAgain) }))
