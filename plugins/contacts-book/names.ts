import { utf8 } from '@palabre/sdk'
import { limits } from './limits.ts'

/** Everything that is drawn as nothing, breaks the line or turns its direction: a name must not look like another by it. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu

/** A name as it may be shown; empty when nothing is left of it. */
export function cleanName(said: string): string {
  const plain = said.normalize('NFC').replace(unseen, '').replace(/\s+/g, ' ').trim()
  const signs = Array.from(plain).slice(0, limits.name)
  // An invite has one byte for the length.
  while (utf8.encode(signs.join('')).length > limits.nameBytes) signs.pop()
  return signs.join('').trim()
}

/** Equal for names that people take for the same. */
export function foldName(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, '')
}
