import { text, type Text } from '@palabre/sdk'
import { reply, type Reply } from '@palabre/sdk/contract/command'
import type { Shown } from './window.ts'

const ends = text('Ctrl-C ends it.', 'Ctrl-C l’arrête.')

/** What the person reads once the face is shown, or cannot be. */
export function shownReply(shown: Shown, time: 'first' | 'again'): Reply {
  const said = sentenceFor(shown, time)
  return reply(shown, time === 'first' ? text(`${said.en} ${ends.en}`, `${said.fr} ${ends.fr}`) : said)
}

function sentenceFor({ window, address, reason, todo }: Shown, time: 'first' | 'again'): Text {
  if (reason !== undefined) return nothingToSee(reason, todo ?? text('', ''))
  if (address !== undefined) return addressToOpen(address)
  if (window === 'default-browser') return text('Palabre is open in your browser.', 'Palabre est ouvert dans votre navigateur.')
  return time === 'first'
    ? text('Palabre is open in its window.', 'Palabre est ouvert dans sa fenêtre.')
    : text('Palabre runs already; its window is in front.', 'Palabre tourne déjà ; sa fenêtre est au premier plan.')
}

function addressToOpen(address: string): Text {
  return text(
    `Palabre runs. Open this address in a browser on this machine; it works once:\n\n  ${address}\n\nFor another: npm start, again.`,
    `Palabre tourne. Ouvrez cette adresse dans un navigateur de cette machine ; elle sert une fois :\n\n  ${address}\n\nPour une autre : npm start, de nouveau.`,
  )
}

function nothingToSee(reason: Text, todo: Text): Text {
  return text(
    `Palabre runs, but no window can show it: ${reason.en}\n${todo.en}\nThe window opens by itself then.`,
    `Palabre tourne, mais aucune fenêtre ne peut le montrer : ${reason.fr}\n${todo.fr}\nLa fenêtre s’ouvre alors d’elle-même.`,
  )
}

/** The browser died; the kernel did not. */
export const windowLost: Text = text(
  'The window ended unexpectedly. Palabre still runs; open it again: npm start',
  'La fenêtre s’est fermée de façon inattendue. Palabre tourne toujours ; rouvrez-la : npm start',
)

export const building: Text = text('Building the page…', 'Construction de la page…')
