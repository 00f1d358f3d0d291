import { PalabreError, text } from '@palabre/sdk'

export const faults = {
  unproved: (cause: unknown) =>
    new PalabreError(
      'peer-misbehaved',
      text(
        'the meeting in a room broke off before both had proved who they are: its server may have changed what was said',
        'la rencontre dans une salle s’est rompue avant que chacun ait prouvé qui il est : son serveur a peut-être changé ce qui s’y disait',
      ),
      { cause },
    ),
}
