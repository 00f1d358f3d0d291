import { PalabreError, text } from '@palabre/sdk'
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'

/** Twenty-four words for 32 bytes, as BIP 39 writes them: any wallet's paper form serves. */
export function phraseOf(seed: Uint8Array): string {
  return entropyToMnemonic(seed, wordlist)
}

/** Says which word is wrong, since nobody finds one among twenty-four. */
export function seedOf(phrase: string): Uint8Array {
  const words = phrase.normalize('NFKD').trim().toLowerCase().split(/\s+/)
  if (words.length !== 24) {
    throw wrong(
      text(
        `a recovery phrase has 24 words, and these are ${words.length}`,
        `une phrase de récupération compte 24 mots, et en voici ${words.length}`,
      ),
    )
  }
  const stranger = words.findIndex((word) => !wordlist.includes(word))
  if (stranger !== -1) {
    const at = stranger + 1
    throw wrong(text(`word ${at} is not of the list`, `le mot ${at} n’est pas de la liste`))
  }
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

function wrong(what: { en: string; fr: string }): PalabreError {
  return new PalabreError('bad-argument', what, {
    todo: text('Compare with your paper, word by word.', 'Comparez avec votre papier, mot à mot.'),
  })
}
