import { text } from '@palabre/sdk'

/** Why something has not arrived yet, in plain words. */
export const why = {
  queued: text('it is about to leave', 'il va partir'),
  unacknowledged: text(
    'it has left; their device has not said that it has it',
    'il est parti ; l’autre appareil n’a pas encore confirmé l’avoir',
  ),
  stored: text('a mailbox keeps it until they come back', 'une boîte aux lettres le garde jusqu’au retour de cette personne'),
  noRoute: text(
    'no way to reach others is switched on (route-link, or a mailbox)',
    'aucun moyen de joindre les autres n’est activé (route-link, ou une boîte aux lettres)',
  ),
  blocked: text('you have blocked them', 'vous avez bloqué cette personne'),
  waiting: text(
    'they have not answered since you accepted their invite',
    'pas encore de réponse depuis que vous avez accepté l’invitation',
  ),
  notLetIn: text(
    'their device does not let us in: the invite was used, revoked, or is over',
    'l’autre appareil ne nous laisse pas entrer : l’invitation a servi, a été révoquée, ou a pris fin',
  ),
  unopened: text(
    'their device says that it cannot open what we send; a new session was offered to it',
    'l’autre appareil dit ne pas pouvoir ouvrir ce que nous envoyons ; une nouvelle session lui a été proposée',
  ),
}
