import { definePlugin } from '@palabre/sdk'
import { Face } from '@palabre/sdk/contract/face'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { definePath, pathTag } from './path-indicator.ts'
import { followRoads } from './follow-roads.ts'
import { words } from './words.ts'

export const plugin = definePlugin({
  needs: { port: Port, face: Face },
  provides: { view: View },
  start({ port, face }, scope) {
    definePath()
    const roads = followRoads({ port, signal: scope.signal, after: (ms, fn) => scope.after(ms, fn) })
    return {
      view: { id: 'path', title: words.title, place: 'head', of: 'chat', tag: pathTag, properties: { face, port, roads } },
    }
  },
})
