import type { Move } from './moves.ts'

const edge = [0, 1] as const
const say: Move = { do: 'say', edge, hasty: false }
const settle: Move = { do: 'wait', seconds: 1 }
const deliver = (which: number, how: { named?: boolean; hasty?: boolean } = {}): Move => ({
  do: 'deliver',
  which,
  named: true,
  hasty: false,
  ...how,
})

/** Schedules that broke something, shortened; each is played first. */
export const onceBroken: readonly { readonly dice: number; readonly moves: Move[] }[] = [
  // The second came before the first, which was lost: a session begun anew brings both, in order.
  { dice: 0, moves: [say, say, settle, deliver(1), settle, { do: 'drop', which: 0 }, deliver(0), { do: 'forget', edge }, say] },
  // Who has lost the session speaks first.
  { dice: 0, moves: [{ do: 'forget', edge }, say] },
  // What was deleted comes late, out of a numbering that was given up.
  {
    dice: 0,
    moves: [
      say,
      say,
      { do: 'delete', edge, which: 1 },
      { do: 'withdraw', edge, which: 2 },
      settle,
      deliver(3),
      settle,
      deliver(0),
      { do: 'drop', which: 1 },
    ],
  },
  // Something is said in the same commit in which everything that waits is sealed anew.
  {
    dice: 0,
    moves: [
      { do: 'wait', seconds: 70 },
      say,
      say,
      { do: 'edit', edge, which: 0 },
      { do: 'corrupt', which: 0 },
      say,
      { do: 'say', edge: [2, 0], hasty: false },
      { do: 'edit', edge: [0, 2], which: 0 },
      deliver(14, { named: false, hasty: true }),
      deliver(32, { named: false }),
      deliver(23, { named: false, hasty: true }),
      { do: 'edit', edge: [1, 0], which: 26 },
      deliver(33, { named: false }),
      deliver(20),
      { do: 'say', edge, hasty: true },
      deliver(21, { hasty: true }),
      { do: 'say', edge, hasty: true },
      { do: 'restart', who: 1 },
      { do: 'edit', edge: [1, 0], which: 20 },
      deliver(18),
      deliver(10),
      { do: 'say', edge, hasty: true },
    ],
  },
]
