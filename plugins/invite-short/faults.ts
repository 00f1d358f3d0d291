import { PalabreError, text } from '@palabre/sdk'

const wholeLink = text('Ask for the whole link instead.', 'Demandez plutôt le lien entier.')

/** Everything that goes wrong with a short invite, as a person reads it. */
export const faults = {
  broken: () =>
    new PalabreError(
      'bad-argument',
      text(
        'this short invite is damaged, or part of it is missing',
        'cette invitation courte est abîmée, ou il en manque une partie',
      ),
      { todo: text('Copy or scan it once more.', 'Copiez-la ou scannez-la encore une fois.') },
    ),
  own: () => new PalabreError('bad-argument', text('this invite is your own', 'cette invitation est la vôtre')),
  over: () =>
    new PalabreError(
      'denied',
      text('this invite is over, used up or revoked', 'cette invitation est terminée, utilisée ou révoquée'),
      { todo: text('Ask for a new one.', 'Demandez-en une nouvelle.') },
    ),
  notThere: (cause: unknown) =>
    new PalabreError(
      'unreachable',
      text(
        'whoever gave this short invite cannot be reached now: both of you must be online',
        'qui a donné cette invitation courte n’est pas joignable : vous devez être en ligne tous les deux',
      ),
      {
        todo: text(
          'Try again while their Palabre runs, or ask for the whole link.',
          'Réessayez quand son Palabre tourne, ou demandez le lien entier.',
        ),
        cause,
      },
    ),
  notAnswered: (cause: unknown) =>
    new PalabreError(
      'wrong-version',
      text('their Palabre answers no short invites', 'son Palabre ne répond pas aux invitations courtes'),
      { todo: wholeLink, cause },
    ),
  notTheirs: (cause?: unknown) =>
    new PalabreError(
      'peer-misbehaved',
      text(
        'what came is not the invite that this short one names; nothing was accepted',
        'ce qui est venu n’est pas l’invitation que nomme celle-ci ; rien n’a été accepté',
      ),
      { todo: wholeLink, ...(cause === undefined ? {} : { cause }) },
    ),
}
