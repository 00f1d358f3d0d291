import { PalabreError, text } from '@palabre/sdk'

export const faults = {
  noBootstrap: () =>
    new PalabreError(
      'bad-settings',
      text(
        'transport-hyperdht knows no node of a table by which peers find each other, and contacts nobody',
        'transport-hyperdht ne connaît aucun nœud d’une table par laquelle les pairs se trouvent, et ne contacte personne',
      ),
      {
        todo: text(
          'Name one or more under transport-hyperdht, bootstrap, each as ADDRESS:PORT; everybody who wants to meet needs the same.',
          'Nommez-en sous transport-hyperdht, bootstrap, chacun écrit ADRESSE:PORT ; tous ceux qui veulent se joindre ont besoin des mêmes.',
        ),
      },
    ),
  noNativePart: (cause: unknown) =>
    new PalabreError(
      'plugin-failed',
      text(
        'HyperDHT has no native part for this machine; the other roads work without it',
        'HyperDHT n’a pas de partie native pour cette machine ; les autres routes fonctionnent sans lui',
      ),
      { todo: text('Switch transport-hyperdht off.', 'Désactivez transport-hyperdht.'), cause },
    ),
}
