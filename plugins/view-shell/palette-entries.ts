import { hasWords, plainText, type Language, type Text } from '@palabre/sdk'
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

/** Those that hold every word, in the title or the name; what begins so first. */
export function chooseEntries(
  actions: readonly Action[],
  commands: readonly CommandInfo[],
  sought: string,
  language: Language,
): readonly PaletteEntry[] {
  const all: readonly PaletteEntry[] = [
    ...actions.map((action) => ({ id: action.id, title: action.title, key: action.key, action })),
    ...commands.filter(({ available }) => available).map((command) => ({ id: command.id, title: command.title, command })),
  ]
  const rated = all.flatMap((entry) => {
    const title = entry.title[language]
    if (!hasWords(`${title} ${entry.id}`, sought)) return []
    return [{ entry, rank: plainText(title).startsWith(plainText(sought)) ? 0 : 1 }]
  })
  return rated
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ entry }) => entry)
}
