import type { Move } from './moves.ts'

const edge = [0, 1] as const
const say: Move = { do: 'say', edge, hasty: false }
const settle: Move = { do: 'wait', seconds: 1 }
const deliver = (which: number): Move => ({ do: 'deliver', which, named: true, hasty: false })

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
]
