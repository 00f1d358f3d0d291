import type { KeyPair, Primitives } from '@palabre/sdk/contract/primitives'
import type { PrekeysStanding } from '@palabre/sdk/contract/suite'
import { same } from './bytes.ts'
import { limits } from './limits.ts'

/** My key material, newest generation first. */
export interface PrekeyState {
  readonly generations: readonly Generation[]
  readonly stock: Stock
}

/** Keys of one week: what was offered under them goes with them when their time of grace is over. */
export interface Generation {
  readonly createdAt: number
  readonly prekey: KeyPair
  readonly kemSeed: Uint8Array
  readonly given: readonly OneTime[]
  /** First messages that took up the offer without a one-time key: the beginnings of their ids, so that none opens twice. */
  readonly answered: readonly Uint8Array[]
}

export interface OneTime {
  /** Random, never 0: that says "none". */
  readonly id: number
  readonly secret: Uint8Array
  readonly kemSeed: Uint8Array | undefined
}

/** One-time keys that nobody has been given. */
interface Stock {
  readonly secrets: readonly Uint8Array[]
  readonly kemSeeds: readonly Uint8Array[]
}

export function newPrekeys(primitives: Primitives, now: number): PrekeyState {
  return { generations: [newGeneration(primitives, now)], stock: refilled(primitives, { secrets: [], kemSeeds: [] }) }
}

/** Undefined while nothing is due. A clock that was put right by more than a week counts as a week gone by. */
export function renewed(primitives: Primitives, { generations, stock }: PrekeyState, now: number): PrekeyState | undefined {
  const age = ({ createdAt }: Generation) => Math.abs(now - createdAt)
  const isDue = age(generations[0]!) >= limits.rotation
  const isLow = stock.secrets.length <= limits.oneTimeLow || stock.kemSeeds.length <= limits.oneTimeKemLow
  const [newest, ...older] = isDue ? [newGeneration(primitives, now), ...generations] : generations
  const alive = older.filter((one) => age(one) < limits.rotation + limits.grace).slice(0, limits.generations - 1)
  if (!isDue && !isLow && alive.length === older.length) return undefined
  return { generations: [newest!, ...alive], stock: isLow ? refilled(primitives, stock) : stock }
}

export function standingOf({ generations, stock }: PrekeyState): PrekeysStanding {
  const [{ createdAt: madeAt }, ...earlier] = generations as [Generation, ...Generation[]]
  return {
    madeAt,
    dueAt: madeAt + limits.rotation,
    earlierUntil:
      earlier.length === 0 ? undefined : Math.max(...earlier.map(({ createdAt }) => createdAt)) + limits.rotation + limits.grace,
    ready: stock.secrets.length,
    given: generations.reduce((sum, { given }) => sum + given.length, 0),
  }
}

/** A one-time key for one person. Above the limit the one given first is given up. */
export function giveOne(primitives: Primitives, state: PrekeyState): { state: PrekeyState; one: OneTime } {
  const [secret = primitives.randomBytes(32), ...secrets] = state.stock.secrets
  const [kemSeed, ...kemSeeds] = state.stock.kemSeeds
  const [newest, ...older] = state.generations
  const one = { id: newId(primitives, newest!), secret, kemSeed }
  const generation = { ...newest!, given: [...newest!.given, one].slice(-limits.given) }
  return { state: { generations: [generation, ...older], stock: { secrets, kemSeeds } }, one }
}

/** Without the one-time key, or remembering that this first message came. */
export function used(state: PrekeyState, generation: Generation, oneTime: OneTime | undefined, id: Uint8Array): PrekeyState {
  const after =
    oneTime === undefined
      ? { ...generation, answered: [...generation.answered, id].slice(-limits.answered) }
      : { ...generation, given: generation.given.filter((one) => one !== oneTime) }
  return { ...state, generations: state.generations.map((one) => (one === generation ? after : one)) }
}

export function wasAnswered({ answered }: Generation, id: Uint8Array): boolean {
  return answered.some((one) => same(one, id))
}

function newGeneration({ x25519, randomBytes }: Primitives, createdAt: number): Generation {
  return { createdAt, prekey: x25519.generate(), kemSeed: randomBytes(64), given: [], answered: [] }
}

function refilled({ randomBytes }: Primitives, { secrets, kemSeeds }: Stock): Stock {
  const more = (have: readonly Uint8Array[], want: number, length: number) => {
    // Asking the system once is cheaper than a hundred times.
    const fresh = randomBytes((want - have.length) * length)
    return [...have, ...Array.from({ length: want - have.length }, (_, i) => fresh.slice(i * length, (i + 1) * length))]
  }
  return { secrets: more(secrets, limits.oneTime, 32), kemSeeds: more(kemSeeds, limits.oneTimeKem, 64) }
}

function newId({ randomBytes }: Primitives, { given }: Generation): number {
  for (;;) {
    const id = new DataView(randomBytes(4).buffer).getUint32(0)
    if (id !== 0 && !given.some((one) => one.id === id)) return id
  }
}
