import { Container } from 'inversify'

/** What is provided under each key now. The kernel's own; no plugin ever sees it. */
export interface Providers {
  /** Adds one more thing under the key; the returned function takes it away again. */
  add(key: symbol, thing: unknown): () => void
  all(key: symbol): readonly unknown[]
}

export function createProviders(): Providers {
  // `jitless`: inversify would otherwise generate code at run time, which a strict content security policy forbids.
  const container = new Container({ jitless: true })
  return {
    add(key, thing) {
      const binding = container.bind(key).toConstantValue(thing).getIdentifier()
      return () => container.unbind(binding)
    },
    all: (key) => (container.isBound(key) ? container.getAll<unknown>(key) : []),
  }
}
