import { PalabreError, text } from '@palabre/sdk'
import type { UserId } from '@palabre/sdk/contract/identity'
import { bech32m } from '@scure/base'

const prefix = 'pal'

/** `pal1…`, 62 characters: the key in an alphabet without look-alikes, and a checksum that finds every slip of up to four letters. */
export function userIdOf(signingKey: Uint8Array): UserId {
  return bech32m.encode(prefix, bech32m.toWords(signingKey)) as UserId
}

/** Takes what a person typed or pasted: spaces, hyphens and capitals are forgiven, a wrong letter is not. */
export function signingKeyOf(typed: string): Uint8Array {
  const plain = typed.replace(/[\s-]/g, '').toLowerCase()
  try {
    const { prefix: found, words } = bech32m.decode(plain as `${string}1${string}`)
    const key = bech32m.fromWords(words)
    if (found === prefix && key.length === 32) return key
  } catch {
    // Falls through to the one answer for everything that is not an id.
  }
  throw new PalabreError(
    'bad-argument',
    text('this is not a user id: a letter is wrong or missing', 'ceci n’est pas un identifiant : une lettre est fausse ou manque'),
    {
      todo: text(
        'It begins with pal1 and has 62 letters and digits; copy it again.',
        'Il commence par pal1 et compte 62 lettres et chiffres ; recopiez-le.',
      ),
    },
  )
}
