import { PalabreError, text } from '@palabre/sdk'

const settings = text(
  'Look at the servers in the settings of signal-room.',
  'Regardez les serveurs dans les réglages de signal-room.',
)

export const faults = {
  cancelled: (cause?: unknown) => new PalabreError('cancelled', text('this was cancelled', 'ceci a été annulé'), { cause }),
  unreachable: (url: string, cause?: unknown) =>
    new PalabreError(
      'unreachable',
      text(`the server of rooms ${url} cannot be reached`, `le serveur de salles ${url} est injoignable`),
      { todo: settings, cause },
    ),
  timedOut: (url: string) =>
    new PalabreError('timed-out', text(`the server of rooms ${url} does not answer`, `le serveur de salles ${url} ne répond pas`), {
      todo: settings,
    }),
  noRooms: (url: string) =>
    new PalabreError(
      'peer-misbehaved',
      text(`what answers at ${url} is no server of rooms`, `ce qui répond à ${url} n’est pas un serveur de salles`),
      { todo: settings },
    ),
  otherTime: (url: string) =>
    new PalabreError(
      'peer-misbehaved',
      text(
        `the server of rooms ${url} and this machine do not agree about the time`,
        `le serveur de salles ${url} et cette machine ne sont pas d’accord sur l’heure`,
      ),
      { todo: text('Set this machine’s clock.', 'Mettez cette machine à l’heure.') },
    ),
  nobody: () => new PalabreError('peer-unknown', text('nobody waits there', 'personne n’attend là')),
  full: () =>
    new PalabreError('denied', text('the server lets nobody in now', 'le serveur ne laisse entrer personne pour l’instant')),
  altered: () =>
    new PalabreError(
      'peer-misbehaved',
      text('what the server passed on is not what was said', 'ce que le serveur a transmis n’est pas ce qui a été dit'),
    ),
  over: () => new PalabreError('closed', text('the meeting is over', 'la rencontre est terminée')),
  tooMuch: () => new PalabreError('too-large', text('more than a meeting carries', 'plus que ce qu’une rencontre peut porter')),
}
