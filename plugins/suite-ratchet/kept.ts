import { PalabreError, text } from '@palabre/sdk'
import { parse, type ByteReader } from './byte-reader.ts'

/** What we wrote ourselves and were given back. Anything else than what we wrote means that the place it was kept in is damaged. */
export function decodeKept<T>(bytes: Uint8Array, version: number, read: (from: ByteReader) => T | undefined): T {
  const value = parse(bytes, (from) => {
    const written = from.number(1)
    if (written > version) throw tooNew()
    return written === version ? read(from) : undefined
  })
  if (value === undefined) throw damaged()
  return value
}

export function damaged(): PalabreError {
  return new PalabreError('storage-failed', text('a kept key is damaged', 'une clé conservée est abîmée'), {
    todo: text('Bring the profile back from a copy.', 'Rétablissez le profil depuis une copie.'),
  })
}

function tooNew(): PalabreError {
  return new PalabreError('wrong-version', text('a newer Palabre wrote these keys', 'ces clés viennent d’un Palabre plus récent'), {
    todo: text('Update Palabre.', 'Mettez Palabre à jour.'),
  })
}
