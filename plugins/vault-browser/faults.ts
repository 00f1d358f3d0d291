import { PalabreError, text } from '@palabre/sdk'

export function damaged(): PalabreError {
  return new PalabreError(
    'storage-failed',
    text(
      'the vault in this browser is damaged; it was left as it is',
      'le coffre de ce navigateur est endommagé ; il a été laissé tel quel',
    ),
    {
      todo: text(
        'Clear what this browser keeps for the page, then restore your identity from its 24 words.',
        'Effacez ce que ce navigateur garde pour la page, puis restaurez votre identité avec ses 24 mots.',
      ),
    },
  )
}

export function insecure(): PalabreError {
  return new PalabreError(
    'denied',
    text(
      'over plain HTTP from another machine, the browser lends a page no keys',
      'en HTTP simple depuis une autre machine, le navigateur ne prête aucune clé à une page',
    ),
    { todo: text('Open the page over HTTPS.', 'Ouvrez la page en HTTPS.') },
  )
}

export function unanswered(): PalabreError {
  return new PalabreError(
    'denied',
    text(
      'your keys are protected by a passphrase, and nobody could be asked for it',
      'vos clés sont protégées par une phrase secrète, et personne n’a pu la donner',
    ),
    { todo: text('Switch vault-browser on again to be asked.', 'Réactivez vault-browser pour qu’elle soit demandée.') },
  )
}

export function refused(): PalabreError {
  return new PalabreError('denied', text('this passphrase is wrong', 'cette phrase secrète est fausse'), {
    todo: text('Switch vault-browser on again to try once more.', 'Réactivez vault-browser pour réessayer.'),
  })
}

export function locked(): PalabreError {
  return new PalabreError('denied', text('the vault is locked', 'le coffre est verrouillé'))
}

export function tooShort(): PalabreError {
  return new PalabreError('bad-argument', text('a passphrase cannot be empty', 'une phrase secrète ne peut être vide'))
}
