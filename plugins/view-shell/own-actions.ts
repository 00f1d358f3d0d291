import { text } from '@palabre/sdk'
import type { Action } from '@palabre/sdk/contract/action'
import type { Theme } from '@palabre/sdk/contract/face'
import type { OwnFace } from './create-face.ts'
import { keepSide } from './side-width.ts'
import type { Stand } from './stand.ts'
import { words } from './words.ts'

/** What the frame itself can do, and the way to each panel. */
export function ownActions(face: OwnFace, stand: Stand): readonly Action[] {
  const panels = stand.at('panel').map(({ view }, index) => ({
    id: `open.${view.id}`,
    title: text(`Go to: ${view.title.en}`, `Aller à : ${view.title.fr}`),
    ...(index < 9 ? { key: `Alt+${index + 1}` } : {}),
    run: () => face.open(view.id),
  }))
  return [
    { id: 'face.command', title: words.palette, key: 'Ctrl+Shift+P', run: () => face.ask('command') },
    { id: 'face.find', title: words.find, key: 'Ctrl+K', run: () => face.ask('find') },
    { id: 'face.keys', title: words.keys, key: 'Ctrl+/', run: () => face.ask('keys') },
    ...panels,
    { id: 'face.language', title: words.otherLanguage, run: () => face.speak(face.language === 'fr' ? 'en' : 'fr') },
    ...(['dark', 'light', 'system'] as const).map((theme: Theme) => ({
      id: `face.theme-${theme}`,
      title: words.themes[theme],
      run: () => face.wear(theme),
    })),
    ...(['narrow', 'usual', 'wide'] as const).map((width) => ({
      id: `face.list-${width}`,
      title: words.sideWidths[width],
      run: () => keepSide(face, sideWidths[width]),
    })),
  ]
}

/** In rem. */
const sideWidths = { narrow: 14, usual: undefined, wide: 26 } as const
