import type { Entry } from '@palabre/sdk'
import { Container } from 'inversify'

/** What is provided under each label now. The kernel's own; no plugin ever sees it. */
export interface Providers {
  /** Adds one more under the label; the returned function takes it away again. */
  add(label: string, entry: Entry<unknown>): () => void
  all(label: string): readonly Entry<unknown>[]
}

export function createProviders(): Providers {
  // `jitless`: inversify would otherwise generate code at run time, which a strict content security policy forbids.
  const container = new Container({ jitless: true })
  return {
    add(label, entry) {
      const binding = container.bind(label).toConstantValue(entry).getIdentifier()
      return () => container.unbind(binding)
    },
    all: (label) => (container.isBound(label) ? container.getAll<Entry<unknown>>(label) : []),
  }
}
