/** JSON pointers, as schemas refer to parts of themselves and as a validator says where it was: `#/$defs/text`. */
export function pointerSteps(pointer: string): string[] {
  const [, ...steps] = pointer.split('/')
  return steps.map((step) => (/[%~]/.test(step) ? decoded(step) : step))
}

function decoded(step: string): string {
  return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
}

/** What the pointer leads to inside `root`; undefined when nothing stands there. */
export function pointed(root: unknown, pointer: string): unknown {
  return follow(root, pointerSteps(pointer))
}

export function follow(root: unknown, steps: readonly string[]): unknown {
  let here = root
  for (const step of steps) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined
    here = (here as Record<string, unknown>)[step]
  }
  return here
}
