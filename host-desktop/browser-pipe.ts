import type { Readable, Writable } from 'node:stream'

/**
 * The browser's own control channel, over two pipes that only we and the browser hold: the address with its token goes this way,
 * because what stands on a command line can be read by everybody on the machine. Messages are JSON, each ended by a zero byte.
 */
export interface BrowserPipe {
  call(method: string, params?: object, session?: string): Promise<Record<string, unknown>>
  on(event: string, fn: (params: Record<string, unknown>) => void): void
}

interface Incoming {
  readonly id?: number
  readonly method?: string
  readonly params?: Record<string, unknown>
  readonly result?: Record<string, unknown>
  readonly error?: { readonly message: string }
}

export function openBrowserPipe(toBrowser: Writable, fromBrowser: Readable): BrowserPipe {
  const calls = new Map<number, PromiseWithResolvers<Record<string, unknown>>>()
  const listeners = new Map<string, (params: Record<string, unknown>) => void>()
  let last = 0
  let rest = ''

  const hear = ({ id, method, params = {}, result = {}, error }: Incoming) => {
    if (method !== undefined) return listeners.get(method)?.(params)
    const call = calls.get(id ?? 0)
    calls.delete(id ?? 0)
    if (error === undefined) call?.resolve(result)
    else call?.reject(new Error(error.message))
  }
  const lose = () => {
    for (const call of calls.values()) call.reject(new Error('the browser is gone'))
    calls.clear()
  }
  fromBrowser.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = (rest + chunk).split('\0')
    rest = messages.pop()!
    for (const message of messages) hear(JSON.parse(message) as Incoming)
  })
  for (const pipe of [toBrowser, fromBrowser]) pipe.on('close', lose).on('error', lose)

  return {
    async call(method, params = {}, sessionId) {
      const answer = Promise.withResolvers<Record<string, unknown>>()
      calls.set(++last, answer)
      if (toBrowser.writable) toBrowser.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`)
      else lose()
      return answer.promise
    },
    on: (event, fn) => void listeners.set(event, fn),
  }
}
