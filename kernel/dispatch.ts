/**
 * How a hook calls its taps without generating code: closures written out for up to eight taps, which the engine inlines, and a
 * loop beyond. Each tap stands in a guard of its own. (A loop from the start costs five times a direct call.) Taps are called bare:
 * as members of the list they would be handed the list, and with it each other, as `this`.
 */
export type TapFn = (a?: unknown, b?: unknown, c?: unknown, d?: unknown) => unknown

/** Told which tap threw. It throws on where the hook's law is to stop. */
export type Blame = (tap: number, error: unknown) => void

export function notifyAll(f: readonly TapFn[], blame: Blame): TapFn {
  const shape = shapes[f.length]
  return shape === undefined ? notifyMany(f, blame) : shape(f as EightTaps, blame)
}

export function passThrough(f: readonly TapFn[], blame: Blame): TapFn {
  return (value, b, c, d) => {
    for (let i = 0; i < f.length; i++) {
      const tap = f[i]!
      try {
        value = tap(value, b, c, d)
      } catch (e) {
        blame(i, e)
      }
    }
    return value
  }
}

export function askInTurn(f: readonly TapFn[], blame: Blame): TapFn {
  return async (a, b, c, d) => {
    for (let i = 0; i < f.length; i++) {
      const tap = f[i]!
      try {
        const answer = await tap(a, b, c, d)
        if (answer !== undefined) return answer
      } catch (e) {
        blame(i, e)
      }
    }
    return undefined
  }
}

function notifyMany(f: readonly TapFn[], blame: Blame): TapFn {
  return (a, b, c, d) => {
    for (let i = 0; i < f.length; i++) {
      const tap = f[i]!
      try {
        tap(a, b, c, d)
      } catch (e) {
        blame(i, e)
      }
    }
  }
}

type EightTaps = readonly [TapFn, TapFn, TapFn, TapFn, TapFn, TapFn, TapFn, TapFn]

// Lines that differ by one are read best as a staircase.
// oxfmt-ignore
const shapes: readonly ((taps: EightTaps, blame: Blame) => TapFn)[] = [
  () => () => undefined,
  ([p], x) => (a, b, c, d) => {
    try { p(a, b, c, d) } catch (e) { x(0, e) }
  },
  ([p, q], x) => (a, b, c, d) => {
    try { p(a, b, c, d) } catch (e) { x(0, e) }
    try { q(a, b, c, d) } catch (e) { x(1, e) }
  },
  ([p, q, r], x) => (a, b, c, d) => {
    try { p(a, b, c, d) } catch (e) { x(0, e) }
    try { q(a, b, c, d) } catch (e) { x(1, e) }
    try { r(a, b, c, d) } catch (e) { x(2, e) }
  },
  ([p, q, r, s], x) => (a, b, c, d) => {
    try { p(a, b, c, d) } catch (e) { x(0, e) }
    try { q(a, b, c, d) } catch (e) { x(1, e) }
    try { r(a, b, c, d) } catch (e) { x(2, e) }
    try { s(a, b, c, d) } catch (e) { x(3, e) }
  },
  ([p, q, r, s, t], x) => (a, b, c, d) => {
    try { p(a, b, c, d) } catch (e) { x(0, e) }
    try { q(a, b, c, d) } catch (e) { x(1, e) }
    try { r(a, b, c, d) } catch (e) { x(2, e) }
    try { s(a, b, c, d) } catch (e) { x(3, e) }
    try { t(a, b, c, d) } catch (e) { x(4, e) }
  },
  ([p, q, r, s, t, u], x) => (a, b, c, d) => {
    try { p(a, b, c, d) } catch (e) { x(0, e) }
    try { q(a, b, c, d) } catch (e) { x(1, e) }
    try { r(a, b, c, d) } catch (e) { x(2, e) }
    try { s(a, b, c, d) } catch (e) { x(3, e) }
    try { t(a, b, c, d) } catch (e) { x(4, e) }
    try { u(a, b, c, d) } catch (e) { x(5, e) }
  },
  ([p, q, r, s, t, u, v], x) => (a, b, c, d) => {
    try { p(a, b, c, d) } catch (e) { x(0, e) }
    try { q(a, b, c, d) } catch (e) { x(1, e) }
    try { r(a, b, c, d) } catch (e) { x(2, e) }
    try { s(a, b, c, d) } catch (e) { x(3, e) }
    try { t(a, b, c, d) } catch (e) { x(4, e) }
    try { u(a, b, c, d) } catch (e) { x(5, e) }
    try { v(a, b, c, d) } catch (e) { x(6, e) }
  },
  ([p, q, r, s, t, u, v, w], x) => (a, b, c, d) => {
    try { p(a, b, c, d) } catch (e) { x(0, e) }
    try { q(a, b, c, d) } catch (e) { x(1, e) }
    try { r(a, b, c, d) } catch (e) { x(2, e) }
    try { s(a, b, c, d) } catch (e) { x(3, e) }
    try { t(a, b, c, d) } catch (e) { x(4, e) }
    try { u(a, b, c, d) } catch (e) { x(5, e) }
    try { v(a, b, c, d) } catch (e) { x(6, e) }
    try { w(a, b, c, d) } catch (e) { x(7, e) }
  },
]
