/** Runs what concerns one contact one after the other, each when the one before is kept. */
export type Turns = <T>(contact: string, run: () => Promise<T>) => Promise<T>

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return (contact, run) => {
    const mine = (last.get(contact) ?? Promise.resolve()).then(run, run)
    const over = mine.then(
      () => undefined,
      () => undefined,
    )
    last.set(contact, over)
    void over.then(() => last.get(contact) === over && last.delete(contact))
    return mine
  }
}
