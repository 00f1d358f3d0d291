/** Where sockets, servers, watchers and child processes were made. Only Node can tell; elsewhere nothing is known. */
export interface HandlePlaces {
  /** Where the handles of this kind that are still open were made. */
  of(kind: string): string[]
  forget(): void
}

interface AsyncHooks {
  createHook(callbacks: { init(id: number, type: string, cause: number): void; destroy(id: number): void }): {
    enable(): void
    disable(): void
  }
}

export function noteHandlePlaces(): HandlePlaces {
  const made = new Map<number, { readonly type: string; readonly place: string }>()
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): AsyncHooks | undefined } }
  const hook = process?.getBuiltinModule?.('node:async_hooks')?.createHook({
    init(id, type, cause) {
      // Promises are many and make nothing themselves.
      if (type === 'PROMISE') return
      // A server listens one tick after it was told to: then the place is where that tick was asked for.
      const place = placeOutsideNode() ?? made.get(cause)?.place
      if (place !== undefined) made.set(id, { type, place })
    },
    destroy: (id) => void made.delete(id),
  })
  hook?.enable()
  return {
    of: (kind) => [...made.values()].filter(({ type }) => type === typeOf(kind)).map(({ place }) => place),
    forget: () => hook?.disable(),
  }
}

/** Node lists what is open by one name and what is made by another: `TCPSocketWrap`, `TCPWRAP`. */
function typeOf(kind: string): string {
  return kind.replace('Socket', '').toUpperCase()
}

/** The innermost line of the stack that is neither Node's nor ours. */
function placeOutsideNode(): string | undefined {
  const lines = (new Error('here').stack ?? '').split('\n')
  return lines.find((line) => line.includes('file:') && !line.includes('/testkit/handle-places.'))?.trim()
}
