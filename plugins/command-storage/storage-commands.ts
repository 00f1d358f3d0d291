import { text, type Text } from '@palabre/sdk'
import { reply } from '@palabre/sdk/contract/command'
import type { BrowserStorage } from './browser-storage.ts'

export function storageCommands(storage: BrowserStorage) {
  const show = async () => {
    const state = await storage.state()
    return reply(state, joined(whereItLives, state.kept ? isKept : mayBeDropped))
  }
  return {
    show,
    async keep() {
      await storage.askToKeep()
      return show()
    },
  }
}

const whereItLives = text(
  'Your identity and your messages live in this browser, on this device, and nowhere else. Whoever clears the data of this site clears them. Your 24 words bring the identity back, on any device; nothing else does.',
  'Votre identité et vos messages vivent dans ce navigateur, sur cet appareil, et nulle part ailleurs. Qui efface les données de ce site les efface. Vos 24 mots font revenir l’identité, sur n’importe quel appareil ; rien d’autre ne le peut.',
)

const isKept = text(
  'The browser keeps them until you clear them yourself.',
  'Le navigateur les garde jusqu’à ce que vous les effaciez vous-même.',
)

const mayBeDropped = text(
  'The browser has not promised to keep them: it may drop them when room runs short.',
  'Le navigateur n’a pas promis de les garder : il peut les effacer quand la place manque.',
)

function joined(a: Text, b: Text): Text {
  return text(`${a.en} ${b.en}`, `${a.fr} ${b.fr}`)
}
