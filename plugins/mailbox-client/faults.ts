import { PalabreError, text, type Code, type Text } from '@palabre/sdk'
import type { Refusal } from '@palabre/sdk/contract/mailbox-wire'

const refusalTexts: Record<Refusal, Text> = {
  unknown: text('their mailbox does not know the queue', 'leur boîte aux lettres ne connaît pas la file'),
  full: text('their mailbox is full', 'leur boîte aux lettres est pleine'),
  'too-many': text('the mailbox allows no more queues', 'la boîte aux lettres n’admet pas plus de files'),
  failed: text('the mailbox could not keep it', 'la boîte aux lettres n’a pas pu le garder'),
  denied: text('the mailbox keeps nothing for us', 'la boîte aux lettres ne garde rien pour nous'),
}

const refusalCodes: Record<Refusal, Code> = {
  unknown: 'peer-unknown',
  full: 'unreachable',
  'too-many': 'unreachable',
  failed: 'unreachable',
  denied: 'denied',
}

export const faults = {
  nowhere: () =>
    new PalabreError('peer-unknown', text('they have named no mailbox', 'cette personne n’a indiqué aucune boîte aux lettres')),
  refused: (reason: Refusal) => new PalabreError(refusalCodes[reason], refusalTexts[reason]),
  away: (cause: unknown) =>
    new PalabreError(
      'unreachable',
      text('the mailbox cannot be reached now', 'la boîte aux lettres est injoignable pour le moment'),
      { cause },
    ),
  late: () =>
    new PalabreError('timed-out', text('the mailbox did not answer in time', 'la boîte aux lettres n’a pas répondu à temps')),
  ended: (cause?: unknown) =>
    new PalabreError('unreachable', text('the mailbox ended the conversation', 'la boîte aux lettres a mis fin à l’échange'), {
      cause,
    }),
  nonsense: () => new PalabreError('peer-misbehaved', text('that is no mailbox', 'ce n’est pas une boîte aux lettres')),
  badKey: () =>
    new PalabreError('peer-unknown', text('their mailbox address is broken', 'leur adresse de boîte aux lettres est abîmée')),
  showsUs: () =>
    new PalabreError(
      'denied',
      text(
        'only roads through a relay are allowed with this contact, and their mailbox would see our address',
        'seules les routes par un relais sont permises avec ce contact, et sa boîte aux lettres verrait notre adresse',
      ),
    ),
  onlyDirect: () =>
    new PalabreError(
      'denied',
      text(
        'only direct roads are allowed with this contact: no mailbox keeps anything for them',
        'seules les routes directes sont permises avec ce contact : aucune boîte aux lettres ne garde rien pour cette personne',
      ),
    ),
  badLink: (said: string) =>
    new PalabreError(
      'bad-settings',
      text(`this is no link to a relay: ${said}`, `ceci n’est pas un lien vers un relais : ${said}`),
      {
        todo: text(
          'Copy the whole link that “palabre relay” prints, from palabre:relay# to its end.',
          'Copiez en entier le lien qu’affiche « palabre relay », depuis palabre:relay# jusqu’au bout.',
        ),
      },
    ),
}
