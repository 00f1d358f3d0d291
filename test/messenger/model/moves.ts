import * as fc from 'fast-check'

/** Who may say something to whom: the first knows both others, who do not know each other. */
export const edges = [
  [0, 1],
  [1, 0],
  [0, 2],
  [2, 0],
] as const
export type Who = 0 | 1 | 2
export type Edge = (typeof edges)[number]

/** What a person does, what becomes of a frame on its way, what happens to a program or to the time. `which` counts round. */
export type Move =
  | { readonly do: 'say'; readonly edge: Edge; readonly hasty: boolean }
  | { readonly do: 'edit' | 'delete' | 'react' | 'read' | 'withdraw'; readonly edge: Edge; readonly which: number }
  | { readonly do: 'deliver'; readonly which: number; readonly named: boolean; readonly hasty: boolean }
  | { readonly do: 'twice' | 'drop' | 'corrupt'; readonly which: number }
  | { readonly do: 'crash' | 'restart' | 'copy'; readonly who: Who }
  | { readonly do: 'back'; readonly who: Who; readonly which: number }
  | { readonly do: 'forget' | 'cut' | 'join'; readonly edge: Edge }
  | { readonly do: 'wait'; readonly seconds: number }

const which = fc.nat(50)
const hasty = fc.boolean()
const edge = fc.constantFrom(...edges)
const who = fc.constantFrom<Who>(0, 1, 2)
const constant = <T extends string>(...words: readonly T[]) => fc.constantFrom(...words)

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: constant('say'), edge, hasty }) },
  { weight: 20, arbitrary: fc.record({ do: constant('deliver'), which, named: fc.boolean(), hasty }) },
  { weight: 4, arbitrary: fc.record({ do: constant('twice', 'drop', 'corrupt'), which }) },
  { weight: 4, arbitrary: fc.record({ do: constant('edit', 'delete', 'react', 'read', 'withdraw'), edge, which }) },
  { weight: 3, arbitrary: fc.record({ do: constant('crash', 'restart', 'copy'), who }) },
  { weight: 1, arbitrary: fc.record({ do: constant('back'), who, which }) },
  { weight: 2, arbitrary: fc.record({ do: constant('forget', 'cut', 'join'), edge }) },
  { weight: 4, arbitrary: fc.record({ do: constant('wait'), seconds: fc.constantFrom(1, 6, 16, 70) }) },
)

export const schedules = fc.record({
  /** Of everything random that the people’s programs draw. */
  dice: fc.nat(),
  moves: fc.array(move, { minLength: 10, maxLength: 70, size: 'max' }),
})
