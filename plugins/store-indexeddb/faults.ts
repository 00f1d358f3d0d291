import { isPalabreError, PalabreError, text, type Text } from '@palabre/sdk'

/** What the browser throws, in words for a person. Others' errors pass as they are. */
export function faultOf(error: unknown): unknown {
  if (isPalabreError(error) || !(error instanceof DOMException)) return error
  if (error.name === 'QuotaExceededError') return failed(full, makeRoom, error)
  if (error.name === 'VersionError') return tooNew(error)
  if (error.name === 'InvalidStateError') return closed()
  return failed(text(`the store failed: ${error.message}`, `le stockage a échoué : ${error.message}`), lookAtBrowser, error)
}

export function inUse(): PalabreError {
  return failed(
    text('Palabre is open in another tab of this browser', 'Palabre est ouvert dans un autre onglet de ce navigateur'),
    text('Go on there, or close it.', 'Continuez là-bas, ou fermez-le.'),
  )
}

export function wrongKey(): PalabreError {
  return new PalabreError(
    'denied',
    text(
      'what this browser keeps does not open with the key of this vault',
      'ce que garde ce navigateur ne s’ouvre pas avec la clé de ce coffre',
    ),
    {
      todo: text(
        'Clear what this browser keeps for the page to begin anew.',
        'Effacez ce que ce navigateur garde pour la page pour recommencer.',
      ),
    },
  )
}

export function damaged(): PalabreError {
  return failed(
    text('what this browser keeps is damaged', 'ce que garde ce navigateur est endommagé'),
    text('It is left as it is.', 'Cela reste tel quel.'),
  )
}

export function closed(): PalabreError {
  return new PalabreError('closed', text('the store is closed', 'le stockage est fermé'))
}

function tooNew(cause: unknown): PalabreError {
  return new PalabreError(
    'wrong-version',
    text('a newer Palabre wrote what this browser keeps', 'un Palabre plus récent a écrit ce que garde ce navigateur'),
    { todo: text('Reload the page.', 'Rechargez la page.'), cause },
  )
}

function failed(what: Text, todo: Text, cause?: unknown): PalabreError {
  return new PalabreError('storage-failed', what, { todo, ...(cause === undefined ? {} : { cause }) })
}

const full = text('this browser has no room left for Palabre', 'ce navigateur n’a plus de place pour Palabre')
const makeRoom = text(
  'Nothing was lost. Make room on the disk, then try again.',
  'Rien n’est perdu. Libérez le disque, puis réessayez.',
)
const lookAtBrowser = text(
  'See whether this browser lets sites keep data.',
  'Voyez si ce navigateur laisse les sites garder des données.',
)
