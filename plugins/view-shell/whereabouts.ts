import type { Whereabouts } from '@palabre/sdk/contract/face'

/** The address shows which view it is; whom it is about stays out of it, in the state that belongs to the entry. */
export interface Journey extends Disposable {
  readonly at: Whereabouts
  go(to: Whereabouts): void
}

export function openJourney(moved: () => void): Journey {
  let at = whereNow() ?? { view: '' }
  const follow = () => {
    at = whereNow() ?? at
    moved()
  }
  addEventListener('popstate', follow)
  return {
    get at() {
      return at
    },
    go(to) {
      const isHere = to.view === at.view && to.subject === at.subject
      at = to
      if (!isHere) history.pushState({ palabre: to }, '', `#${to.view}`)
      moved()
    },
    [Symbol.dispose]: () => removeEventListener('popstate', follow),
  }
}

/** What the entry remembers, else what the address says; undefined for what is no place, such as a key that was pasted. */
function whereNow(): Whereabouts | undefined {
  const kept = (history.state as { palabre?: Partial<Whereabouts> } | null)?.palabre
  const view = location.hash.slice(1)
  if (typeof kept?.view === 'string' && kept.view === view) return { view, subject: subjectOf(kept) }
  return view === '' || /^[a-z][a-z0-9-]*$/.test(view) ? { view } : undefined
}

const subjectOf = ({ subject }: Partial<Whereabouts>) => (typeof subject === 'string' ? subject : undefined)
