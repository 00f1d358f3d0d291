import { definePlugin } from '@palabre/sdk'
import { Action } from '@palabre/sdk/contract/action'
import { Face } from '@palabre/sdk/contract/face'
import { Finder } from '@palabre/sdk/contract/finder'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { openChoices } from './choices.ts'
import { createFace } from './create-face.ts'
import { followKeys } from './follow-keys.ts'
import { ownActions } from './own-actions.ts'
import { createPartsSheet } from './parts.ts'
import { defineShell, shellTag } from './shell-element.ts'
import { createStand } from './stand.ts'

export const plugin = definePlugin({
  needs: { port: Port, views: View, actions: Action, finders: Finder },
  provides: { face: Face },
  async start({ port, views, actions, finders }, scope) {
    defineShell()
    const stand = createStand()
    const after = (ms: number, fn: () => void) => scope.after(ms, fn)
    const choices = await openChoices({ port, signal: scope.signal, after })
    const face = scope.use(createFace({ sheet: createPartsSheet(), choices, after }))
    const all = () => [...ownActions(face, stand), ...actions]
    scope.use(followKeys(all, face))
    views.watch((view, plugin) => stand.add(view, plugin))
    actions.watch(() => {
      face.changed()
      return () => face.changed()
    })
    return { face: Object.assign(face, { tag: shellTag, properties: { face, stand, port, actions: all, finders } }) }
  },
})
