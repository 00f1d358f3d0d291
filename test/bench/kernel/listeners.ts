/**
 * Sixteen functions of two kinds, each with a text of its own: the engine keeps what it learned per text, so copies made in a loop
 * would share it, and the calls measured would be of a kind that no real set of plugins gives.
 */
export type Listener = (a: number, b: number) => void

export interface Listeners {
  readonly all: readonly Listener[]
  /** What they leave behind, so that no call can be left out as useless. */
  trace(): string
}

/** As light as a function can be while it does something. The engine makes a direct call of one vanish: this is the harshest peer. */
export function lightListeners(): Listeners {
  const t = new Int32Array(16)
  // The sameness is the point.
  // oxfmt-ignore
  const all: Listener[] = [
    (a, b) => { t[0] = (t[0]! ^ a) + b },
    (a, b) => { t[1] = (t[1]! + a) ^ b },
    (a, b) => { t[2] = (t[2]! - a) ^ b },
    (a, b) => { t[3] = (t[3]! ^ a) - b },
    (a, b) => { t[4] = (t[4]! ^ b) + a },
    (a, b) => { t[5] = (t[5]! + b) ^ a },
    (a, b) => { t[6] = (t[6]! - b) ^ a },
    (a, b) => { t[7] = (t[7]! ^ b) - a },
    (a, b) => { t[8] = (t[8]! ^ a) + b },
    (a, b) => { t[9] = (t[9]! + a) ^ b },
    (a, b) => { t[10] = (t[10]! - a) ^ b },
    (a, b) => { t[11] = (t[11]! ^ a) - b },
    (a, b) => { t[12] = (t[12]! ^ b) + a },
    (a, b) => { t[13] = (t[13]! + b) ^ a },
    (a, b) => { t[14] = (t[14]! - b) ^ a },
    (a, b) => { t[15] = (t[15]! ^ b) - a },
  ]
  return { all, trace: () => t.join() }
}

/** The least that a listener does which remembers anything: it counts by key. */
export function countingListeners(): Listeners {
  const m = Array.from({ length: 16 }, () => new Map<number, number>())
  const count = (counts: Map<number, number>, key: number, by: number) =>
    void counts.set(key & 63, (counts.get(key & 63) ?? 0) + by)
  // oxfmt-ignore
  const all: Listener[] = [
    (a, b) => { count(m[0]!, a, b) },
    (a, b) => { count(m[1]!, a, b) },
    (a, b) => { count(m[2]!, a, b) },
    (a, b) => { count(m[3]!, a, b) },
    (a, b) => { count(m[4]!, a, b) },
    (a, b) => { count(m[5]!, a, b) },
    (a, b) => { count(m[6]!, a, b) },
    (a, b) => { count(m[7]!, a, b) },
    (a, b) => { count(m[8]!, a, b) },
    (a, b) => { count(m[9]!, a, b) },
    (a, b) => { count(m[10]!, a, b) },
    (a, b) => { count(m[11]!, a, b) },
    (a, b) => { count(m[12]!, a, b) },
    (a, b) => { count(m[13]!, a, b) },
    (a, b) => { count(m[14]!, a, b) },
    (a, b) => { count(m[15]!, a, b) },
  ]
  return { all, trace: () => m.map((counts) => [...counts].join()).join() }
}

/** Calls of the first few as one would write them without hooks. */
// oxfmt-ignore
export function directCalls(all: readonly Listener[], count: number): Listener {
  const [f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u] = all as Sixteen
  const calls: Readonly<Record<number, Listener>> = {
    0: () => {},
    1: (a, b) => { f(a, b) },
    2: (a, b) => { f(a, b); g(a, b) },
    4: (a, b) => { f(a, b); g(a, b); h(a, b); i(a, b) },
    8: (a, b) => { f(a, b); g(a, b); h(a, b); i(a, b); j(a, b); k(a, b); l(a, b); m(a, b) },
    16: (a, b) => {
      f(a, b); g(a, b); h(a, b); i(a, b); j(a, b); k(a, b); l(a, b); m(a, b)
      n(a, b); o(a, b); p(a, b); q(a, b); r(a, b); s(a, b); t(a, b); u(a, b)
    },
  }
  return calls[count]!
}

type Four = readonly [Listener, Listener, Listener, Listener]
type Sixteen = readonly [...Four, ...Four, ...Four, ...Four]
