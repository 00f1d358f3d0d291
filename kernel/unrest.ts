/** Who still has something to do, and who waits for that to end. */
export interface Unrest<Who> {
  note(who: Who, restless: boolean): void
  /** Resolves when these, or all, have nothing left to do. */
  over(whom?: Iterable<Who>): Promise<void>
}

export function createUnrest<Who>(): Unrest<Who> {
  const restless = new Set<Who>()
  const waiting = new Set<{ readonly whom: readonly Who[] | undefined; resolve(): void }>()
  let looking = false

  const isOver = (whom: readonly Who[] | undefined) =>
    whom === undefined ? restless.size === 0 : !whom.some((who) => restless.has(who))

  /** Once for many notes, and only when the step that made them is complete: rest in the middle of one is no rest. */
  const look = () => {
    if (looking || waiting.size === 0) return
    looking = true
    queueMicrotask(() => {
      looking = false
      for (const one of waiting) {
        if (!isOver(one.whom)) continue
        waiting.delete(one)
        one.resolve()
      }
    })
  }

  return {
    note(who, isRestless) {
      if (isRestless) restless.add(who)
      else if (restless.delete(who)) look()
    },
    over: (whom) =>
      new Promise((resolve) => {
        waiting.add({ whom: whom === undefined ? undefined : [...whom], resolve })
        look()
      }),
  }
}
