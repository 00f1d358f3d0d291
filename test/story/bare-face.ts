import { once } from 'node:events'
import { request } from 'node:http'
import type { KernelMessage } from '@palabre/sdk/contract/port-wire'
import type { Reply } from '@palabre/sdk/contract/command'

/** A face without a page: a socket that says what the wire says, and nothing for us to misunderstand in between. */
export interface BareFace extends AsyncDisposable {
  readonly session: string
  run(command: string, args?: object): Promise<Reply>
  send(frame: string): void
  readonly closed: Promise<number>
}

/** Shows the token of a one-time address, or a session's secret. Rejects with the code it is closed with. */
export async function openFace(address: string, session?: string): Promise<BareFace> {
  const { host, hash } = new URL(address)
  const socket = new WebSocket(`ws://${host}/port`)
  const closed = once(socket, 'close').then(([event]) => (event as CloseEvent).code)
  const waiting = new Map<number, PromiseWithResolvers<KernelMessage>>()
  const welcome = Promise.withResolvers<string>()
  let last = 0

  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as KernelMessage
    if (message.kind === 'welcome') welcome.resolve(message.session)
    else waiting.get(message.id)?.resolve(message)
  })
  void closed.then((code) => {
    const error = new Error(`closed with ${code}`)
    for (const { reject } of [welcome, ...waiting.values()]) reject(error)
  })
  await once(socket, 'open')
  const key =
    session === undefined ? { proof: 'token', secret: hash.replace('#token=', '') } : { proof: 'session', secret: session }
  socket.send(JSON.stringify({ kind: 'hello', version: 1, ...key }))
  return {
    session: await welcome.promise,
    async run(command, args = {}) {
      const answer = Promise.withResolvers<KernelMessage>()
      waiting.set(++last, answer)
      socket.send(JSON.stringify({ kind: 'run', id: last, command, args }))
      const message = await answer.promise
      if (message.kind !== 'reply') throw new Error(JSON.stringify(message))
      return message.reply
    },
    send: (frame) => socket.send(frame),
    closed,
    async [Symbol.asyncDispose]() {
      socket.close()
      await closed
    },
  }
}

/** The status an upgrade is answered with: 101, or why not. */
export async function upgradeStatus(address: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const { hostname, port } = new URL(address)
  const asked = request({
    hostname,
    port,
    path: '/port',
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      ...headers,
    },
  })
  const answered = new Promise<number>((resolve, reject) => {
    asked.on('error', reject)
    asked.on('upgrade', (_response, socket) => {
      socket.destroy()
      resolve(101)
    })
    asked.on('response', (response) => {
      response.resume()
      resolve(response.statusCode!)
    })
  })
  asked.end()
  return answered
}
