import { definePlugin } from '@palabre/sdk'
import { Action } from '@palabre/sdk/contract/action'
import { Face } from '@palabre/sdk/contract/face'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { createSections } from './sections.ts'
import { defineSettings, settingsTag } from './settings-panel.ts'
import { words } from './words.ts'

export const plugin = definePlugin({
  needs: { port: Port, face: Face, views: View },
  provides: { view: View, open: Action },
  start({ port, face, views }) {
    defineSettings()
    const sections = createSections()
    views.watch((view) => (view.place === 'settings' ? sections.add(view) : undefined))
    return {
      view: {
        id: 'settings',
        title: words.title,
        place: 'panel',
        order: 90,
        icon: 'M5 7h8M17 7h2M5 12h2M11 12h8M5 17h6M15 17h4M15 5v4M9 10v4M13 15v4',
        tag: settingsTag,
        properties: { face, port, sections },
      },
      open: { id: 'settings.open', title: words.open, key: 'Ctrl+,', run: () => face.open('settings') },
    }
  },
})
