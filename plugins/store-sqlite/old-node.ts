import { PalabreError, text } from '@palabre/sdk'

const oldest = 22

/** The driver's machine code ends an older Node without a word: it must not even be loaded there. */
export function refuseOldNode(version: string): void {
  if (Number.parseInt(version, 10) >= oldest) return
  throw new PalabreError(
    'wrong-version',
    text(
      `the encrypted store needs Node ${oldest} or newer, and this is ${version}`,
      `le stockage chiffré demande Node ${oldest} ou plus récent, et celui-ci est ${version}`,
    ),
    { todo: text('Start Palabre with a newer Node.', 'Lancez Palabre avec un Node plus récent.') },
  )
}
