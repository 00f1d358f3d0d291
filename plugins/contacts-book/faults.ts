import { PalabreError, text } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'

/** Everything that goes wrong with people and invites, as a person reads it. */
export const faults = {
  nobody: (said: string) =>
    new PalabreError(
      'bad-argument',
      text(`nobody in your contacts is called “${said}”`, `personne de vos contacts ne s’appelle « ${said} »`),
      {
        todo: text('palabre contacts list shows them all.', 'palabre contacts list les montre tous.'),
      },
    ),
  several: (said: string, fits: readonly Contact[]) => {
    const names = fits.map(({ name, id }) => `${name} (${id.slice(0, 12)}…)`).join(', ')
    return new PalabreError('bad-argument', text(`“${said}” could be ${names}`, `« ${said} » peut désigner ${names}`), {
      todo: text('Write the id, or enough of it.', 'Écrivez l’identifiant, ou assez de son début.'),
    })
  },
  emptyName: () =>
    new PalabreError(
      'bad-argument',
      text('a name needs at least one visible letter', 'un nom a besoin d’au moins une lettre visible'),
    ),
  noInvite: () =>
    new PalabreError(
      'bad-argument',
      text('this is no invite, or part of it is missing', 'ce n’est pas une invitation, ou il en manque une partie'),
      {
        todo: text(
          'Copy the whole link, from “palabre:” or “https:” to its end.',
          'Copiez le lien entier, de « palabre: » ou « https: » à la fin.',
        ),
      },
    ),
  ownInvite: () =>
    new PalabreError('bad-argument', text('this invite is your own', 'cette invitation est la vôtre'), {
      todo: text('Send it to the person you want to talk to.', 'Envoyez-la à la personne à qui vous voulez parler.'),
    }),
  inviteOver: (expiredAt: number) => {
    const day = new Date(expiredAt).toISOString().slice(0, 10)
    return new PalabreError('denied', text(`this invite ended on ${day}`, `cette invitation a pris fin le ${day}`), {
      todo: text('Ask for a new one.', 'Demandez-en une nouvelle.'),
    })
  },
  noSuchInvite: (id: string) =>
    new PalabreError('bad-argument', text(`there is no open invite “${id}”`, `il n’y a pas d’invitation ouverte « ${id} »`), {
      todo: text('palabre invite list shows them.', 'palabre invite list les montre.'),
    }),
  tooManyInvites: (most: number) =>
    new PalabreError('denied', text(`${most} invites are open already`, `${most} invitations sont déjà ouvertes`), {
      todo: text('Revoke one first.', 'Révoquez-en une d’abord.'),
    }),
  tooMany: (most: number) =>
    new PalabreError('denied', text(`the book holds ${most} contacts at most`, `le carnet tient ${most} contacts au plus`)),
  noExport: () =>
    new PalabreError(
      'bad-argument',
      text('this is no export of contacts, or it was altered', 'ce n’est pas un export de contacts, ou il a été modifié'),
      {
        todo: text(
          'It takes the file as palabre contacts export wrote it: palabre contacts import < FILE',
          'Il faut le fichier tel que palabre contacts export l’a écrit : palabre contacts import < FICHIER',
        ),
      },
    ),
  othersExport: () =>
    new PalabreError(
      'bad-argument',
      text('this export belongs to another identity', 'cet export appartient à une autre identité'),
      {
        todo: text('Restore that identity first: palabre id restore.', 'Restaurez d’abord cette identité : palabre id restore.'),
      },
    ),
}
