import { definePlugin } from '@palabre/sdk'
import { Port } from '@palabre/sdk/contract/port'
import { portWire } from '@palabre/sdk/contract/port-wire'
import { createPageKeys } from './page-keys.ts'
import { browserPage, type Page } from './page.ts'
import { openSocketPort } from './socket-port.ts'

export const plugin = definePlugin({
  provides: { port: Port },
  start(_needs, scope) {
    const page = browserPage()
    const keys = createPageKeys(page)
    keys.takeToken()
    const port = scope.use(openSocketPort({ url: socketAddress(page), keys, after: scope.after }))

    const onAddress = () => {
      if (keys.takeToken()) port.knock()
    }
    page.addEventListener('hashchange', onAddress)
    scope.onStop(() => page.removeEventListener('hashchange', onAddress))
    return { port }
  },
})

function socketAddress({ location: { protocol, host } }: Page): string {
  return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}${portWire.path}`
}
