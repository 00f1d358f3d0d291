import { PalabreError, text } from '@palabre/sdk'
import type { Identity } from '@palabre/sdk/contract/identity'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { KeptSeed } from './kept-seed.ts'
import { phraseOf, seedOf } from './recovery-phrase.ts'
import { safetyNumber } from './safety-number.ts'
import { forPurpose, keysOf } from './seed-keys.ts'
import { signingKeyOf, userIdOf } from './user-id.ts'

export interface SeedIdentityParts {
  readonly primitives: Primitives
  readonly kept: KeptSeed
  /** Somebody may know this identity now; the mark could not be kept. */
  onUnmarked(error: unknown): void
  /** Another seed is stored: everything that followed from this one is over. */
  onReplaced(): void
}

export interface OwnIdentity extends Identity {
  /** Overwrites every secret. */
  close(): void
}

export function createSeedIdentity({ primitives, kept, onUnmarked, onReplaced }: SeedIdentityParts): OwnIdentity {
  const keys = keysOf(primitives, kept.seed)
  const { signing, agreement, agreementSignature } = keys
  const use = () => void kept.markUsed().catch(onUnmarked)

  return {
    userId: userIdOf(signing.publicKey),
    signingKey: signing.publicKey,
    agreementKey: agreement.publicKey,
    agreementSignature,
    sign(purpose, message) {
      use()
      return primitives.ed25519.sign(signing.secretKey, forPurpose(purpose, message))
    },
    verify: (signer, purpose, message, signature) => primitives.ed25519.verify(signer, forPurpose(purpose, message), signature),
    agree(publicKey) {
      use()
      return primitives.x25519.agree(agreement.secretKey, publicKey)
    },
    safetyNumber: (theirs) => safetyNumber(primitives, signing.publicKey, theirs),
    keyOf: signingKeyOf,
    idOf: userIdOf,
    async phrase() {
      await kept.markUsed()
      return phraseOf(kept.seed)
    },
    async restore(phrase, { replace = false } = {}) {
      const seed = seedOf(phrase)
      const userId = userIdOf(keysOf(primitives, seed).signing.publicKey)
      if (userId === userIdOf(signing.publicKey)) return userId
      if (!replace && (await kept.isUsed())) throw inUse()
      await kept.replace(seed)
      onReplaced()
      return userId
    },
    close() {
      keys.forget()
      kept.seed.fill(0)
    },
  }
}

function inUse(): PalabreError {
  return new PalabreError(
    'denied',
    text(
      'this profile has an identity that others may know; restoring would replace it',
      'ce profil a une identité que d’autres connaissent peut-être ; la restauration la remplacerait',
    ),
    {
      todo: text(
        'Restore into another profile (--profile-dir), or write down the words of this one (palabre id phrase) and add --replace.',
        'Restaurez dans un autre profil (--profile-dir), ou notez les mots de celui-ci (palabre id phrase) et ajoutez --replace.',
      ),
    },
  )
}
