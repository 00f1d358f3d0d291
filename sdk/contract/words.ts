/** What a word is when messages are searched, for every store alike: case, accents and ligatures make no difference. */
export function wordsOf(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toUpperCase()
    .toLowerCase()
    .replace(/[œæøłđς]/g, (one) => plain[one]!)
  return (folded.match(word) ?? []).map((one) => (one.length > longest ? one.slice(0, longest).toWellFormed() : one))
}

/** Beyond this, two words that begin alike are one. */
const longest = 64

/** Letters and digits in a row; scripts that put no space between words are taken sign by sign. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{N}])+/gu

/** Letters that Unicode does not take apart, as people type them who do not have the key. */
const plain: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ø: 'o', ł: 'l', đ: 'd', ς: 'σ' }
