import type { PalabreError, Scope } from '@palabre/sdk'
import type { PortState } from '@palabre/sdk/contract/port'
import { portClose, portWire, readKernelMessage, type KernelMessage } from '@palabre/sdk/contract/port-wire'
import { backoff } from './backoff.ts'
import type { Key, PageKeys } from './page-keys.ts'
import { lost, noKey, otherVersion, refused, switchedOff } from './reasons.ts'

export interface LinkParts {
  /** `ws://127.0.0.1:40123/port` */
  readonly url: string
  readonly keys: PageKeys
  readonly after: Scope['after']
  heard(message: KernelMessage): void
  /** Everything under way is lost. */
  lost(why: PalabreError): void
}

/** The socket to the kernel, opened again and again. */
export interface KernelLink extends Disposable {
  readonly state: PortState
  watch(fn: (state: PortState) => void): Disposable
  /** Resolves when open, rejects with the reason once it is closed, or with the signal's. */
  ready(signal?: AbortSignal): Promise<void>
  send(frame: string): void
  /** Tries now, with a key that has just come; nothing to do while open. */
  knock(): void
}

/** After so many failures in a row we say `closed`, and still knock from time to time. */
const patience = 5
const helloMs = 10_000

export function openKernelLink(parts: LinkParts): KernelLink {
  const { url, keys, after } = parts
  const watchers = new Set<(state: PortState) => void>()
  let state: PortState = 'closed'
  let reason = noKey()
  let failures = 0
  let socket: WebSocket | undefined
  let retry: Disposable | undefined

  knock()
  return {
    get state() {
      return state
    },
    watch,
    async ready(signal) {
      while (state === 'connecting') await nextState(signal)
      signal?.throwIfAborted()
      if (state === 'closed') throw reason
    },
    send(frame) {
      if (state === 'open') socket?.send(frame)
    },
    knock() {
      if (state === 'open') return
      failures = 0
      knock()
    },
    [Symbol.dispose]() {
      leave()
      become('closed', switchedOff())
      parts.lost(reason)
    },
  }

  function knock(): void {
    const key = keys.current()
    leave()
    if (key === undefined) become('closed', noKey())
    else dial(key)
  }

  function dial(key: Key): void {
    if (failures < patience) become('connecting')
    const mine = new WebSocket(url)
    socket = mine
    const deadline = after(helloMs, () => mine.close())
    mine.addEventListener('open', () => mine.send(JSON.stringify({ kind: 'hello', version: portWire.version, ...key })))
    mine.addEventListener('message', ({ data }) => {
      if (mine !== socket) return
      const message = readKernelMessage(String(data))
      if (message === undefined) mine.close(portClose.malformed)
      else if (message.kind !== 'welcome') parts.heard(message)
      else {
        deadline[Symbol.dispose]()
        enter(message.session)
      }
    })
    mine.addEventListener('close', ({ code }) => {
      deadline[Symbol.dispose]()
      if (mine === socket) lose(key, code)
    })
  }

  function enter(session: string): void {
    keys.keep(session)
    failures = 0
    become('open')
  }

  function lose(key: Key, code: number): void {
    socket = undefined
    const why = code === portClose.refused ? refused() : code === portClose.wrongVersion ? otherVersion() : lost(code)
    parts.lost(why)
    if (code === portClose.refused) return tryOtherKey(key, why)
    if (code === portClose.wrongVersion) return become('closed', why)
    failures++
    become(failures < patience ? 'connecting' : 'closed', why)
    retry = after(backoff(failures, Math.random()), knock)
  }

  /** An address used twice in a page that was let in before: it may come back as the page it was. */
  function tryOtherKey(key: Key, why: PalabreError): void {
    keys.forget(key)
    const other = keys.current()
    if (other === undefined) become('closed', why)
    else dial(other)
  }

  function leave(): void {
    retry?.[Symbol.dispose]()
    retry = undefined
    const old = socket
    socket = undefined
    if (old === undefined) return
    old.close()
    parts.lost(lost(portClose.leaving))
  }

  function become(next: PortState, why = reason): void {
    reason = why
    if (next === state) return
    state = next
    for (const fn of [...watchers]) fn(next)
  }

  function watch(fn: (state: PortState) => void): Disposable {
    const one = (now: PortState) => fn(now)
    watchers.add(one)
    return { [Symbol.dispose]: () => void watchers.delete(one) }
  }

  async function nextState(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    const change = Promise.withResolvers<void>()
    const abort = () => change.reject(signal?.reason)
    signal?.addEventListener('abort', abort)
    using _watch = watch(() => change.resolve())
    await change.promise.finally(() => signal?.removeEventListener('abort', abort))
  }
}
