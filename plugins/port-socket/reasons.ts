import { PalabreError, text, type Text } from '@palabre/sdk'
import { portClose } from '@palabre/sdk/contract/port-wire'

const newAddress = text(
  'Run npm start again: it opens a window, or prints an address that opens one.',
  'Relancez npm start : une fenêtre s’ouvre, ou une adresse qui en ouvre une s’affiche.',
)

export function noKey(): PalabreError {
  return closed(
    text(
      'this page was opened without the address that Palabre gave out',
      'cette page a été ouverte sans l’adresse donnée par Palabre',
    ),
    newAddress,
  )
}

export function refused(): PalabreError {
  return closed(
    text(
      'Palabre does not know this page: its address was used before, or Palabre was started anew since',
      'Palabre ne connaît pas cette page : son adresse a déjà servi, ou Palabre a redémarré depuis',
    ),
    newAddress,
  )
}

export function otherVersion(): PalabreError {
  return closed(
    text(
      'this page is of another version than the running Palabre',
      'cette page n’est pas de la même version que le Palabre en marche',
    ),
    text('Reload the page.', 'Rechargez la page.'),
  )
}

/** The socket closed; what was under way may or may not have happened. */
export function lost(code: number): PalabreError {
  if (code === portClose.tooMany)
    return closed(text('too many windows are open', 'trop de fenêtres sont ouvertes'), text('Close one of them.', 'Fermez-en une.'))
  return closed(
    text('the connection to Palabre on this machine is lost', 'la connexion avec Palabre sur cette machine est perdue'),
    text(
      'It is tried again by itself. If Palabre no longer runs: npm start',
      'Un nouvel essai se fait tout seul. Si Palabre ne tourne plus : npm start',
    ),
  )
}

export function switchedOff(): PalabreError {
  return closed(
    text('the page’s port was switched off', 'le port de la page a été désactivé'),
    text('Switch port-socket on again.', 'Réactivez port-socket.'),
  )
}

function closed(text: Text, todo: Text): PalabreError {
  return new PalabreError('closed', text, { todo })
}
