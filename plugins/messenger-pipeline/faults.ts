import { PalabreError, text } from '@palabre/sdk'
import type { Text } from '@palabre/sdk'

/** Everything that keeps a message from being said, as a person reads it. */
export const faults = {
  nobody: (id: string) =>
    new PalabreError(
      'peer-unknown',
      text(`nobody in your contacts has the id ${id}`, `personne de vos contacts n’a l’identifiant ${id}`),
    ),
  blocked: (name: string) =>
    new PalabreError('denied', text(`you have blocked ${name}`, `vous avez bloqué ${name}`), {
      todo: text('Unblock them first: palabre contacts unblock.', 'Débloquez d’abord : palabre contacts unblock.'),
    }),
  suspect: (name: string) =>
    new PalabreError(
      'denied',
      text(
        `another contact of yours was called ${name} under another key; nothing is sent until you have decided`,
        `un autre de vos contacts s’appelait ${name} avec une autre clé ; rien ne part avant votre décision`,
      ),
      {
        todo: text(
          'Compare the safety number, then: palabre contacts trust, or palabre contacts remove.',
          'Comparez le numéro de sûreté, puis : palabre contacts trust, ou palabre contacts remove.',
        ),
      },
    ),
  noSession: (name: string) =>
    new PalabreError(
      'denied',
      text(`there is no key yet to write to ${name} with`, `il n’y a pas encore de clé pour écrire à ${name}`),
      {
        todo: text(
          'Accept an invite of theirs, or send them yours.',
          'Acceptez une invitation de cette personne, ou envoyez-lui la vôtre.',
        ),
      },
    ),
  noSuite: (suite: string) =>
    new PalabreError(
      'switched-off',
      text(
        `the encryption “${suite}” that you use with them is switched off; nothing is sent without it`,
        `le chiffrement « ${suite} » que vous utilisez avec cette personne est désactivé ; rien ne part sans lui`,
      ),
      { todo: text(`Switch on suite-${suite} in plugins.json.`, `Activez suite-${suite} dans plugins.json.`) },
    ),
  tooLong: (most: number) =>
    new PalabreError(
      'too-large',
      text(`a message holds ${most / 1024} KiB of text at most`, `un message tient ${most / 1024} Kio de texte au plus`),
      {
        todo: text('Send it in several parts.', 'Envoyez-le en plusieurs fois.'),
      },
    ),
  empty: () => new PalabreError('bad-argument', text('there is nothing to send', 'il n’y a rien à envoyer')),
  notText: () => new PalabreError('bad-argument', text('this is not well-formed text', 'ce n’est pas un texte bien formé')),
  refused: (reason: Text) => new PalabreError('denied', reason),
  full: (most: number) =>
    new PalabreError(
      'too-large',
      text(`${most} envelopes wait to be sent already`, `${most} enveloppes attendent déjà de partir`),
      {
        todo: text(
          'Wait until some of them have left, or take messages back: palabre outbox shows them, palabre messages withdraw takes one back.',
          'Attendez que certaines soient parties, ou reprenez des messages : palabre outbox les montre, palabre messages withdraw en reprend un.',
        ),
      },
    ),
  noMessage: (id: string) => new PalabreError('bad-argument', text(`there is no message ${id}`, `il n’y a pas de message ${id}`)),
  notMine: () =>
    new PalabreError('denied', text('only what you wrote yourself can be changed', 'on ne change que ce qu’on a écrit soi-même')),
  gone: () => new PalabreError('denied', text('the message was deleted', 'le message a été supprimé')),
  takenBack: () => new PalabreError('denied', text('the message was taken back already', 'le message a déjà été repris')),
  notWaiting: () => new PalabreError('denied', text('the message has left already', 'le message est déjà parti')),
  badReaction: () => new PalabreError('bad-argument', text('a reaction is one short sign', 'une réaction est un signe court')),
  badFuse: () =>
    new PalabreError(
      'bad-argument',
      text(
        'messages disappear between five seconds and a year after they were read, or never (0)',
        'les messages disparaissent entre cinq secondes et un an après lecture, ou jamais (0)',
      ),
    ),
}
