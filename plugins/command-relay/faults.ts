import { PalabreError, text, type Text } from '@palabre/sdk'

export const faults = {
  noLink: () =>
    new PalabreError('bad-argument', text('this is no link to a relay', 'ceci n’est pas un lien vers un relais'), {
      todo: text(
        'Copy the whole link that “palabre relay” prints, from palabre:relay# to its end.',
        'Copiez en entier le lien qu’affiche « palabre relay », depuis palabre:relay# jusqu’au bout.',
      ),
    }),
  tooMany: (most: number) =>
    new PalabreError('too-large', text(`you use ${most} relays already`, `vous vous servez déjà de ${most} relais`), {
      todo: text('Remove one first: palabre relay list', 'Retirez-en un d’abord : palabre relay list'),
    }),
  notThere: (said: string) =>
    new PalabreError('bad-argument', text(`none of your relays is “${said}”`, `aucun de vos relais n’est « ${said} »`), {
      todo: text('See: palabre relay list', 'Voyez : palabre relay list'),
    }),
  notRunning: (id: string, why: Text | undefined) =>
    new PalabreError('plugin-failed', text(`${id} does not run: ${why?.en}`, `${id} ne tourne pas : ${why?.fr}`), {
      todo: text(`See: palabre plugins why ${id}`, `Voyez : palabre plugins why ${id}`),
    }),
  nowhere: () =>
    new PalabreError('unreachable', text('this relay listens nowhere', 'ce relais n’écoute nulle part'), {
      todo: text('Look at its log: a transport cannot listen.', 'Consultez son journal : un transport ne peut écouter.'),
    }),
  noRelay: () =>
    new PalabreError('switched-off', text('this Palabre is no relay', 'ce Palabre n’est pas un relais'), {
      todo: text('To be one, start it with: palabre relay', 'Pour en être un, lancez : palabre relay'),
    }),
}
