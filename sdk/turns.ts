/** Runs what concerns one thing one after the other, each when the one before is over, and what concerns others beside it. */
export type Turns = <T>(thing: string, run: () => Promise<T>) => Promise<T>

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return (thing, run) => {
    const mine = (last.get(thing) ?? Promise.resolve()).then(run, run)
    const over = mine.then(
      () => undefined,
      () => undefined,
    )
    last.set(thing, over)
    void over.then(() => last.get(thing) === over && last.delete(thing))
    return mine
  }
}
