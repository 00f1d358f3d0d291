import { Primitives } from '@palabre/sdk/contract/primitives'
import { startTestHost } from '@palabre/sdk/testkit'
import { join } from 'node:path'
import type { Job } from './job.ts'
import { inTurn } from './rounds.ts'

/** The platform's provider beside the portable one: what one operation takes. */
export const jobs: readonly Job[] = [{ name: 'speed', run: speed }]

async function* speed() {
  const open = (id: string) =>
    startTestHost({ plugins: [join(import.meta.dirname, '../../plugins', id)], lend: { given: Primitives } })
  await using fast = await open('primitives-node')
  await using portable = await open('primitives-noble')
  const [node, noble] = [operationsOf(fast.lent.given), operationsOf(portable.lent.given)]
  for (const [what, { times, act }] of Object.entries(node)) {
    const { ours, took } = await inTurn(7, {
      ours: () => nanoseconds(times, act),
      took: () => nanoseconds(noble[what]!.times, noble[what]!.act),
    })
    yield { what, unit: 'ns' as const, ours, peer: { name: 'noble', took } }
  }
}

interface Operation {
  readonly times: number
  act(): unknown
}

function operationsOf({ x25519, ed25519, mlKem768, aead, hkdf, argon2id, randomBytes }: Primitives): Record<string, Operation> {
  const [mine, theirs, signer, kem] = [x25519.generate(), x25519.generate(), ed25519.generate(), mlKem768.generate()]
  const [key, nonce, said, message] = [32, 24, 64, 256].map(randomBytes) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  const signature = ed25519.sign(signer.secretKey, message)
  const { cipherText } = mlKem768.encapsulate(kem.publicKey)!
  const large = randomBytes(64 * 1024)
  const sealed = aead.seal(key, nonce, message, said)
  const cost = { memory: 64 * 1024, passes: 3, lanes: 1, length: 32 }
  return {
    'X25519 agree': { times: 50, act: () => x25519.agree(mine.secretKey, theirs.publicKey) },
    'X25519 generate': { times: 50, act: () => x25519.generate() },
    'Ed25519 sign': { times: 50, act: () => ed25519.sign(signer.secretKey, message) },
    'Ed25519 verify': { times: 50, act: () => ed25519.verify(signer.publicKey, message, signature) },
    'ML-KEM-768 encapsulate': { times: 50, act: () => mlKem768.encapsulate(kem.publicKey) },
    'ML-KEM-768 decapsulate': { times: 50, act: () => mlKem768.decapsulate(kem.secretKey, cipherText) },
    'seal 256 B': { times: 2000, act: () => aead.seal(key, nonce, message, said) },
    'open 256 B': { times: 2000, act: () => aead.open(key, nonce, sealed, said) },
    'seal 64 KiB': { times: 50, act: () => aead.seal(key, nonce, large, said) },
    'HKDF 32 B': { times: 2000, act: () => hkdf(key, nonce, said, 32) },
    'Argon2id of a passphrase': { times: 1, act: () => argon2id(said, key, cost) },
  }
}

async function nanoseconds(times: number, act: () => unknown): Promise<number> {
  const begun = performance.now()
  for (let i = 0; i < times; i++) await act()
  return ((performance.now() - begun) * 1e6) / times
}
