import { text, type Language, type Text } from '@palabre/sdk'
import type { Piece } from './demo-hop.ts'

/** What the two say, by turns. */
export function conversationIn(language: Language): readonly string[] {
  return lines.map((line) => line[language])
}

const lines: readonly Text[] = [
  text('Hello Awa, can anybody read this?', 'Bonjour Awa, quelqu’un peut-il lire ceci ?'),
  text('Only you. Shall we meet under the fig tree?', 'Seulement toi. On se voit sous le figuier ?'),
  text('At seven. Bring the cinnamon bread.', 'À sept heures. Apporte le pain à la cannelle.'),
  text('I will. Nobody needs to know.', 'Promis. Personne n’a besoin de le savoir.'),
]

export function peopleText(people: readonly { readonly name: string; readonly userId: string }[]): Text {
  const rows = people.map(({ name, userId }) => `  ${name.padEnd(10)} ${userId}`).join('\n')
  return text(
    `Two people are made on the spot, each with keys, a store and a network node of their own:\n${rows}`,
    `Deux personnes sont créées sur-le-champ, chacune avec ses clés, sa base et son nœud de réseau :\n${rows}`,
  )
}

export function hopText(port: number): Text {
  return text(
    `\nBruno takes Awa’s invite. Between them stands a stranger, 127.0.0.1:${port}, who passes everything on and records it.\n`,
    `\nBruno accepte l’invitation d’Awa. Entre eux, un inconnu, 127.0.0.1:${port}, transmet tout et enregistre tout.\n`,
  )
}

export function saidText(from: string, to: string, said: string, ms: number): Text {
  const row = `  ${from.padEnd(10)} → ${to.padEnd(10)}  ${said}`
  return text(`${row}   ✓ delivered, ${ms.toFixed(0)} ms`, `${row}   ✓ remis, ${ms.toFixed(0)} ms`)
}

export function seenText(pieces: readonly Piece[]): Text {
  const total = pieces.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const last = pieces.slice(-12)
  const sizes = last.map(({ way, bytes }) => `${way === 'there' ? '→' : '←'}${bytes.length}`).join(' ')
  const dump = hexdump(pieces.map(({ bytes }) => bytes).findLast(({ length }) => length >= 128) ?? Buffer.alloc(0), 6)
  return text(
    `\nAll that the stranger has: ${total} bytes in ${pieces.length} pieces, when they passed, and between which addresses.\n  the last sizes  ${sizes}\n  out of it\n${dump}`,
    `\nTout ce qu’a l’inconnu : ${total} octets en ${pieces.length} morceaux, l’heure de chacun, et entre quelles adresses.\n  dernières tailles  ${sizes}\n  un extrait\n${dump}`,
  )
}

export interface Found {
  readonly looked: readonly string[]
  readonly found: readonly string[]
  readonly controls: readonly string[]
  readonly ms: number
}

export function foundText({ looked, found, controls, ms }: Found): Text {
  const seconds = (ms / 1000).toFixed(1)
  const [en, fr] =
    found.length === 0
      ? ['None of them occurs.', 'Rien de tout cela n’y figure.']
      : [`FOUND: ${found.join(', ')}`, `TROUVÉ : ${found.join(', ')}`]
  return text(
    `\nLooked for in it, as text, hexadecimal and base64: the sentences, names, user ids, keys and node ids (${looked.length} in all).\n${en} (What must occur does: ${controls.join(', ')}.)\nA relay would have seen no more than this, and which two nodes it links.\n\nDone in ${seconds} s; both people are gone, nothing is left.`,
    `\nCherché là-dedans, en texte, hexadécimal et base64 : phrases, noms, identifiants, clés et nœuds (${looked.length} en tout).\n${fr} (Ce qui doit y figurer y figure : ${controls.join(', ')}.)\nUn relais n’aurait vu que cela, et quels deux nœuds il relie.\n\nFini en ${seconds} s ; les deux personnes ont disparu, il ne reste rien.`,
  )
}

function hexdump(bytes: Buffer, rows: number): string {
  const from = Math.max(0, Math.floor(bytes.length / 2) - rows * 8)
  const part = bytes.subarray(from, from + rows * 16)
  return Array.from({ length: Math.ceil(part.length / 16) }, (_, row) => {
    const piece = part.subarray(row * 16, row * 16 + 16)
    const hex = [...piece].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const seen = [...piece].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    return `    ${hex.padEnd(47)}  ${seen}`
  }).join('\n')
}
