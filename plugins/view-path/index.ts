import { definePlugin } from '@palabre/sdk'
import { Face } from '@palabre/sdk/contract/face'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { definePath, pathTag } from './path-indicator.ts'
import { watchRoad } from './follow-road.ts'
import { followRoads } from './follow-roads.ts'
import { words } from './words.ts'

export const plugin = definePlugin({
  needs: { port: Port, face: Face },
  provides: { view: View },
  start({ port, face }, scope) {
    definePath()
    const after = (ms: number, fn: () => void) => scope.after(ms, fn)
    const roads = followRoads({ port, signal: scope.signal, after })
    const closer = (peer: string, changed: () => void) => watchRoad({ port, peer, signal: scope.signal, after, changed })
    return {
      view: {
        id: 'path',
        title: words.title,
        place: 'head',
        of: 'chat',
        tag: pathTag,
        properties: { face, port, roads, watchRoad: closer },
      },
    }
  },
})
