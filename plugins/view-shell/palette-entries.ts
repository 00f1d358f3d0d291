import type { Language, Text } from '@palabre/sdk'
import type { Action } from '@palabre/sdk/contract/action'
import type { CommandInfo } from '@palabre/sdk/contract/command'

/** A line of the palette: something of a face, or a command of the kernel. */
export interface PaletteEntry {
  readonly id: string
  readonly title: Text
  readonly key?: string | undefined
  readonly action?: Action | undefined
  readonly command?: CommandInfo | undefined
}

const most = 60

/** Those that hold every word, in the title or the name; what begins with them first. */
export function chooseEntries(
  actions: readonly Action[],
  commands: readonly CommandInfo[],
  sought: string,
  language: Language,
): readonly PaletteEntry[] {
  const words = fold(sought).split(/\s+/).filter(Boolean)
  const all: readonly PaletteEntry[] = [
    ...actions.map((action) => ({ id: action.id, title: action.title, key: action.key, action })),
    ...commands.filter(({ available }) => available).map((command) => ({ id: command.id, title: command.title, command })),
  ]
  const rated = all.flatMap((entry) => {
    const title = fold(entry.title[language])
    const telling = `${title} ${fold(entry.id)}`
    if (!words.every((word) => telling.includes(word))) return []
    return [{ entry, rank: words.length > 0 && title.startsWith(words[0]!) ? 0 : 1 }]
  })
  return rated
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ entry }) => entry)
}

/** Small letters without accents, so that «parametres» finds «Paramètres». */
function fold(words: string): string {
  return words.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
}
