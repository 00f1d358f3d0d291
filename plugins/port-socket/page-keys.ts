import type { FaceMessage } from '@palabre/sdk/contract/port-wire'
import type { Page } from './page.ts'

export type Key = Pick<Extract<FaceMessage, { kind: 'hello' }>, 'proof' | 'secret'>

/** What this page can show at the kernel's door. */
export interface PageKeys {
  /** Takes a token out of the page's address; true when there was one. */
  takeToken(): boolean
  /** The token, until it is used; then the session's secret, which outlives a reload. */
  current(): Key | undefined
  /** Remembers the session; the token is used up. */
  keep(session: string): void
  /** The kernel did not take this one. */
  forget(key: Key): void
}

/** The token leaves the address as soon as it is read, so that it is not kept in the history or copied along. */
export function createPageKeys(page: Page): PageKeys {
  const storage = openStorage(page)
  let token: string | undefined
  return {
    takeToken() {
      const [, found] = /^#token=([\w-]{43})$/.exec(page.location.hash) ?? []
      if (found === undefined) return false
      token = found
      page.history.replaceState(null, '', page.location.pathname)
      return true
    },
    current() {
      if (token !== undefined) return { proof: 'token', secret: token }
      const secret = storage.read()
      return secret === null ? undefined : { proof: 'session', secret }
    },
    keep(session) {
      token = undefined
      storage.write(session)
    },
    forget({ proof }) {
      if (proof === 'token') token = undefined
      else storage.write(null)
    },
  }
}

const place = 'palabre.session'

/** A page that may store nothing keeps its session for as long as it lives. */
function openStorage(page: Page) {
  const stored = attempt(() => page.sessionStorage)
  let kept = attempt(() => stored?.getItem(place)) ?? null
  return {
    read: () => kept,
    write(session: string | null) {
      kept = session
      attempt(() => (session === null ? stored?.removeItem(place) : stored?.setItem(place, session)))
    },
  }
}

function attempt<T>(fn: () => T): T | undefined {
  try {
    return fn()
  } catch {
    return undefined
  }
}
