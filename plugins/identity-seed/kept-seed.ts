import { labels } from '@palabre/sdk/contract/labels'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Vault } from '@palabre/sdk/contract/vault'

/** The seed as the vault keeps it, with a mark once somebody may know the identity that follows from it. */
export interface KeptSeed {
  readonly seed: Uint8Array
  isUsed(): Promise<boolean>
  /** Written once; later calls cost nothing. */
  markUsed(): Promise<void>
  /** Another takes its place, unused. */
  replace(next: Uint8Array): Promise<void>
}

/** Makes one at the first start. */
export async function openSeed(vault: Vault, primitives: Primitives): Promise<KeptSeed> {
  const seed = (await vault.read(labels.identity.seed)) ?? (await firstSeed(vault, primitives))
  let marking: Promise<void> | undefined
  return {
    seed,
    isUsed: async () => (await vault.read(labels.identity.used))?.[0] === 1,
    markUsed() {
      marking ??= vault.write(labels.identity.used, Uint8Array.of(1)).catch((error: unknown) => {
        marking = undefined
        throw error
      })
      return marking
    },
    async replace(next) {
      await vault.write(labels.identity.seed, next)
      await vault.write(labels.identity.used, Uint8Array.of(0))
    },
  }
}

/** What is read back counts: another process may have been faster. */
async function firstSeed(vault: Vault, { randomBytes }: Primitives): Promise<Uint8Array> {
  await vault.write(labels.identity.seed, randomBytes(32))
  return (await vault.read(labels.identity.seed))!
}
