import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { portProbe } from '@palabre/sdk/conformance/port-probe'
import { Port } from '@palabre/sdk/contract/port'
import { startTestHost } from '@palabre/sdk/testkit'
import { WebSocketServer } from 'ws'
import { tell } from '../own-process.ts'
import { inTurn } from '../rounds.ts'

/** Milliseconds per round trip, round by round. */
export interface RoundTripTook {
  readonly run: number[]
  readonly echo: number[]
}

const rounds = 41
const perRound = 500
const args = { word: 'a word or two, as a face would say' }

const echo = await openEcho()
const plugins = join(import.meta.dirname, '..', '..', '..', 'plugins')
const kernel = await startTestHost({ host: 'desktop', plugins: [join(plugins, 'port-loopback'), portProbe()] })
const { address } = (await kernel.commands.run('port.address')).data as { address: string }
standInForAPage(new URL(address))
const page = await startTestHost({ host: 'web', plugins: [join(plugins, 'port-socket')], lend: { port: Port } })
const { port } = page.lent

const contestants = {
  run: perCall(() => port.run('probe.echo', args)),
  echo: perCall(() => echo.once(JSON.stringify({ kind: 'run', id: 1, command: 'probe.echo', args }))),
}
await inTurn(10, contestants)
await tell((await inTurn(rounds, contestants)) satisfies RoundTripTook)

await page.stop()
await kernel.stop()
process.exit()

function perCall(call: () => Promise<unknown>): () => Promise<number> {
  return async () => {
    const began = performance.now()
    for (let n = 0; n < perRound; n++) await call()
    return (performance.now() - began) / perRound
  }
}

async function openEcho() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
  server.on('connection', (peer) => peer.on('message', (data, isBinary) => peer.send(data, { binary: isBinary })))
  await once(server, 'listening')
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await once(socket, 'open')
  let heard = Promise.withResolvers<void>()
  socket.addEventListener('message', () => heard.resolve())
  return {
    async once(frame: string) {
      heard = Promise.withResolvers()
      socket.send(frame)
      await heard.promise
    },
  }
}

/** The plugin of the page finds its kernel by the page's address. */
function standInForAPage(location: URL): void {
  const silent = { addEventListener() {}, removeEventListener() {}, history: { replaceState() {} } }
  const sessionStorage = { getItem: () => null, setItem() {}, removeItem() {} }
  for (const [name, value] of Object.entries({ ...silent, location, sessionStorage }))
    Object.defineProperty(globalThis, name, { value, configurable: true })
}
