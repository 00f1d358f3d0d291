import { proveAll } from '@palabre/sdk/conformance/law'
import { portLaws } from '@palabre/sdk/conformance/port'
import { portProbe } from '@palabre/sdk/conformance/port-probe'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import { createPageKeys } from './page-keys.ts'
import type { Page } from './page.ts'
import { openSocketPort } from './socket-port.ts'

const loopback = new URL('../port-loopback', import.meta.url).pathname

const open = async () => {
  const host = await startTestHost({ host: 'desktop', plugins: [loopback, portProbe()] })
  const { address } = (await host.commands.run('port.address')).data as { address: string }
  const page = pageAt(address)
  const keys = createPageKeys(page)
  keys.takeToken()
  const port = openSocketPort({ url: `ws://${page.location.host}/port`, keys, after })
  const close = async () => {
    port[Symbol.dispose]()
    await host.stop()
  }
  return { subject: { port, cut: async () => void (await host.plugins.disable('port-loopback')) }, close }
}
proveAll(test, portLaws, open)
test.run()

function pageAt(address: string): Page {
  const { protocol, host, pathname, hash } = new URL(address)
  const stored = new Map<string, string>()
  return {
    location: { protocol, host, pathname, hash },
    history: { replaceState() {} },
    sessionStorage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    addEventListener() {},
    removeEventListener() {},
  }
}
function after(ms: number, fn: () => void | Promise<void>): Disposable {
  const timer = setTimeout(fn, ms)
  return { [Symbol.dispose]: () => clearTimeout(timer) }
}
