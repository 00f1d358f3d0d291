import { PalabreError, text } from '@palabre/sdk'

/** No argument is longer, whatever its schema says. */
const most = 64 * 1024 * 1024

/** What was piped in, whole. Undefined where somebody sits at the keyboard, or nothing came. */
export async function pipedIn(input: NodeJS.ReadStream = process.stdin): Promise<string | undefined> {
  if (input.isTTY) return undefined
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of input) {
    pieces.push(piece as Buffer)
    length += (piece as Buffer).length
    if (length > most) throw tooMuch()
  }
  return length === 0 ? undefined : decoded(Buffer.concat(pieces))
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new PalabreError(
      'bad-argument',
      text('what was piped in is not UTF-8 text', 'ce qui a été donné par le tube n’est pas du texte UTF-8'),
      { cause },
    )
  }
}

function tooMuch(): PalabreError {
  return new PalabreError('too-large', text('more than 64 MiB were piped in', 'plus de 64 Mio ont été donnés par le tube'))
}
