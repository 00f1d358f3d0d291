import { isPalabreError, PalabreError, text, type Text } from '@palabre/sdk'

/** What the driver throws, in words for a person. Others' errors pass as they are. */
export function faultOf(error: unknown): unknown {
  const code = (error as { code?: unknown }).code
  if (isPalabreError(error) || typeof code !== 'string') return error
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return failed(inUse, closeOther, error)
  if (/^SQLITE_(?:FULL|IOERR_WRITE|IOERR_SHMSIZE)|^ENOSPC$/.test(code)) return failed(full, makeRoom, error)
  if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(code)) return damaged(error)
  return failed(
    text(`the store failed: ${(error as Error).message}`, `le stockage a échoué : ${(error as Error).message}`),
    lookAtDisk,
    error,
  )
}

export function damaged(cause?: unknown): PalabreError {
  return failed(broken, putBack, cause)
}

export function wrongKey(): PalabreError {
  return new PalabreError(
    'denied',
    text('store.db does not open with the key of this vault', 'store.db ne s’ouvre pas avec la clé de ce coffre'),
    {
      todo: text(
        'Put the store.db and the vault that belong together back into the profile folder.',
        'Remettez dans le dossier du profil le store.db et le coffre qui vont ensemble.',
      ),
    },
  )
}

export function tooNew(): PalabreError {
  return new PalabreError('wrong-version', text('a newer Palabre wrote store.db', 'un Palabre plus récent a écrit store.db'), {
    todo: text('Use that version again, or a newer one.', 'Reprenez cette version, ou une plus récente.'),
  })
}

export function closed(): PalabreError {
  return new PalabreError('closed', text('the store is closed', 'le stockage est fermé'))
}

function failed(what: Text, todo: Text, cause: unknown): PalabreError {
  return new PalabreError('storage-failed', what, { todo, ...(cause === undefined ? {} : { cause }) })
}

const inUse = text('another Palabre has store.db open', 'un autre Palabre a ouvert store.db')
const closeOther = text(
  'Close it, or use another profile (--profile-dir).',
  'Fermez-le, ou prenez un autre profil (--profile-dir).',
)
const full = text('there is no room left on the disk for store.db', 'il n’y a plus de place sur le disque pour store.db')
const makeRoom = text('Nothing was lost. Make room, then try again.', 'Rien n’est perdu. Libérez de la place, puis réessayez.')
const broken = text('store.db is damaged', 'store.db est endommagé')
const putBack = text(
  'Put a sound copy of it in its place; it is left as it is.',
  'Remettez-en une copie saine ; il est laissé tel quel.',
)
const lookAtDisk = text(
  'Look at the disk and the rights of the profile folder.',
  'Vérifiez le disque et les droits du dossier du profil.',
)
