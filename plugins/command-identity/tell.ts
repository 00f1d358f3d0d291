import { text, type Text } from '@palabre/sdk'
import { terminalQr } from './terminal-qr.ts'

/** The id, and the same to scan: in capitals it takes the smallest code. */
export function idText(userId: string): Text {
  const qr = terminalQr(userId.toUpperCase())
  return text(
    `${userId}\n\n${qr}\n\nThis is your user id. It is no secret.`,
    `${userId}\n\n${qr}\n\nVoici votre identifiant. Il n’est pas secret.`,
  )
}

export function safetyText(digits: string, other: string): Text {
  const rows = inGroups(digits, 4).join('\n')
  const qr = terminalQr(digits)
  return text(
    `${rows}\n\n${qr}\n\nYour safety number with ${other}. If the other person reads the same one, nobody stands between you.`,
    `${rows}\n\n${qr}\n\nVotre numéro de sûreté avec ${other}. Si l’autre personne lit le même, personne n’est entre vous.`,
  )
}

/** Four columns, numbered, as one writes them down. */
export function phraseText(phrase: string): Text {
  const cells = phrase.split(' ').map((word, i) => `${String(i + 1).padStart(2)} ${word.padEnd(10)}`)
  const rows = Array.from({ length: cells.length / 4 }, (_, row) =>
    cells
      .slice(row * 4, row * 4 + 4)
      .join(' ')
      .trimEnd(),
  ).join('\n')
  return text(
    `${rows}\n\nWrite these words on paper, in order. Whoever has them is you; without them a lost machine is a lost identity.`,
    `${rows}\n\nNotez ces mots sur papier, dans l’ordre. Qui les a est vous ; sans eux, une machine perdue est une identité perdue.`,
  )
}

export function restoredText(userId: string): Text {
  return text(`You are ${userId} again.`, `Vous êtes de nouveau ${userId}.`)
}

/** Groups of five digits, so many in a row. */
function inGroups(digits: string, perRow: number): string[] {
  const groups = digits.match(/.{5}/g) ?? []
  return Array.from({ length: groups.length / perRow }, (_, row) => groups.slice(row * perRow, (row + 1) * perRow).join(' '))
}
