import { PalabreError, text, type Text } from '@palabre/sdk'
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'

/** Twenty-four words for 32 bytes, as BIP 39 writes them: any wallet's paper form serves. */
export function phraseOf(seed: Uint8Array): string {
  return entropyToMnemonic(seed, wordlist)
}

/** Says which word is wrong, since nobody finds one among twenty-four; but repeats none, since errors are kept and copied. */
export function seedOf(phrase: string): Uint8Array {
  // Numbers and marks are those of the paper form.
  const words =
    phrase
      .normalize('NFKD')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? []
  if (words.length !== 24) {
    const count = words.length
    throw wrong(
      text(
        `a recovery phrase has 24 words, and these are ${count}`,
        `une phrase de récupération compte 24 mots, et en voici ${count}`,
      ),
    )
  }
  const at = words.findIndex((word) => !wordlist.includes(word)) + 1
  if (at !== 0) throw wrong(text(`word ${at} is not of the list`, `le mot ${at} n’est pas de la liste`))
  try {
    return mnemonicToEntropy(words.join(' '), wordlist)
  } catch {
    throw wrong(
      text(
        'these words do not belong together: two are swapped or one is another',
        'ces mots ne vont pas ensemble : deux sont échangés ou l’un est un autre',
      ),
    )
  }
}

function wrong(what: Text): PalabreError {
  return new PalabreError('bad-argument', what, {
    todo: text('Compare with your paper, word by word.', 'Comparez avec votre papier, mot à mot.'),
  })
}
