import { definePlugin } from '@palabre/sdk'
import { Face } from '@palabre/sdk/contract/face'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { createChosen } from './chosen.ts'
import { defineRelays, relaysTag } from './relays-section.ts'
import { words } from './words.ts'

export const plugin = definePlugin({
  needs: { face: Face, port: Port },
  provides: { section: View },
  start({ face, port }, scope) {
    defineRelays()
    const chosen = createChosen(port)
    // Only while somebody looks at the settings is the state of the relays asked for.
    scope.every(refreshMs, () => (face.at.view === 'settings' && face.watched ? chosen.refresh() : undefined))
    scope.use(face.watch(() => (face.at.view === 'settings' ? void chosen.refresh() : undefined)))
    return {
      section: { id: 'relays', title: words.title, place: 'settings', order: 30, tag: relaysTag, properties: { face, chosen } },
    }
  },
})

const refreshMs = 3_000
