/// <reference path="./tapable.d.ts" />
import {
  hookLabel,
  PalabreError,
  text,
  type AnyTap,
  type Hook,
  type HookCall,
  type HookLaw,
  type OnThrow,
  type Stage,
} from '@palabre/sdk'
import type { HookFlow } from '@palabre/sdk/contract/plugins'
import TapableHook from 'tapable/lib/Hook.js'
import { askInTurn, notifyAll, passThrough, type Blame, type TapFn } from './dispatch.ts'

/** Every hook of the house. Plugins hold neither this nor a hook, only the facades that `scope` makes of it. */
export interface Hooks {
  /** The returned function removes the tap. */
  tap(plugin: string, hook: HookFacts, fn: AnyTap, stage: Stage): () => void
  /** The returned `leave` forgets that the plugin calls this hook; `check` throws once it may no longer. */
  caller(plugin: string, hook: HookFacts, check: () => void): { call: HookCall<AnyTap>; leave(): void }
  flow(): readonly HookFlow[]
}

/** A hook as a plugin describes it, read once: a description that changes between check and use is of no use. */
export interface HookFacts {
  readonly label: string
  readonly law: HookLaw
  readonly onThrow: OnThrow
}

export function readHook({ name, major, law, onThrow }: Hook<AnyTap, AnyTap>): HookFacts {
  return { label: hookLabel({ name, major }), law, onThrow }
}

/** Told of each tap that threw. */
export type OnTapError = (plugin: string, hook: string, error: unknown) => void

const stages: Record<Stage, number> = { first: -200, early: -100, normal: 0, late: 100, last: 200 }
const laws: Record<HookLaw, (taps: readonly TapFn[], blame: Blame) => TapFn> = {
  notify: notifyAll,
  waterfall: passThrough,
  decide: askInTurn,
}

export function createHooks(onTapError: OnTapError): Hooks {
  const known = new Map<string, KernelHook>()

  /** The first to come says what law a hook follows; when the last has gone, so has the law. */
  const open = (plugin: string, facts: HookFacts): KernelHook => {
    if (!Object.hasOwn(laws, facts.law)) throw notALaw(plugin, facts)
    const hook = known.get(facts.label) ?? new KernelHook(facts, onTapError)
    if (hook.facts.law !== facts.law || hook.facts.onThrow !== facts.onThrow) throw differentLaw(plugin, hook.facts, facts)
    known.set(facts.label, hook)
    return hook
  }
  const closeUnused = (hook: KernelHook) => {
    if (hook.taps.length === 0 && hook.callers.length === 0) known.delete(hook.facts.label)
  }

  return {
    tap(plugin, facts, fn, stage) {
      if (!Object.hasOwn(stages, stage)) throw notAStage(plugin, facts, stage)
      const hook = open(plugin, facts)
      const remove = hook.add(plugin, fn, stages[stage])
      return () => {
        remove()
        closeUnused(hook)
      }
    },
    caller(plugin, facts, check) {
      const hook = open(plugin, facts)
      hook.callers.push(plugin)
      let isOpen = true
      const call = (a: unknown, b: unknown, c: unknown, d: unknown) => {
        if (!isOpen) check()
        return hook.call(a, b, c, d)
      }
      const leave = () => {
        isOpen = false
        hook.callers.splice(hook.callers.indexOf(plugin), 1)
        closeUnused(hook)
      }
      return { call: new LentHook(call, () => hook.taps.length), leave }
    },
    flow: () => [...known].map(([name, hook]) => ({ hook: name, callers: [...hook.callers], taps: hook.describe() })),
  }
}

/** What a plugin is lent of a hook that it calls. An object with a getter of its own would be slow: the engine looks `call` up in it. */
class LentHook implements HookCall<AnyTap> {
  readonly call: AnyTap
  readonly #size: () => number

  constructor(call: AnyTap, size: () => number) {
    this.call = call
    this.#size = size
  }

  get size(): number {
    return this.#size()
  }

  static {
    // All plugins share it.
    Object.freeze(this.prototype)
  }
}

/** tapable's order of stages and lazy compilation; ours are removal, a guard for each tap, and closures in place of generated code. */
class KernelHook extends TapableHook {
  readonly facts: HookFacts
  readonly callers: string[] = []
  readonly #onTapError: OnTapError

  constructor(facts: HookFacts, onTapError: OnTapError) {
    super([], facts.label)
    this.facts = facts
    this.#onTapError = onTapError
  }

  override compile({ taps }: Parameters<TapableHook['compile']>[0]): TapFn {
    const order = taps.slice()
    const { label, law, onThrow } = this.facts
    const blame: Blame = (tap, error) => {
      this.#onTapError(order[tap]!.name, label, error)
      if (onThrow === 'stop') throw error
    }
    // Between two answers time passes: who left meanwhile is not asked.
    const ask = (tap: (typeof order)[number]): TapFn => {
      const fn = tap.fn as TapFn
      return law === 'decide' ? (...asked) => (this.taps.includes(tap) ? fn(...asked) : undefined) : fn
    }
    return laws[law](order.map(ask), blame)
  }

  add(plugin: string, fn: AnyTap, stage: number): () => void {
    const before = new Set(this.taps)
    this.tap({ name: plugin, stage }, fn)
    const added = this.taps.find((tap) => !before.has(tap))
    return () => {
      this.taps = this.taps.filter((tap) => tap !== added)
      this._resetCompilation()
    }
  }

  describe(): HookFlow['taps'] {
    const nameOf = (stage: number) => Object.entries(stages).find(([, at]) => at === stage)?.[0] ?? 'normal'
    return this.taps.map((tap) => ({ plugin: tap.name, stage: nameOf(tap.stage) }))
  }
}

function differentLaw(plugin: string, one: HookFacts, other: HookFacts): PalabreError {
  const law = ({ law, onThrow }: HookFacts) => `${law}, ${onThrow}`
  return new PalabreError(
    'bad-plugin',
    text(
      `the hook ${one.label} follows the law "${law(one)}", and ${plugin} treats it as "${law(other)}"`,
      `le crochet ${one.label} suit la loi « ${law(one)} », et ${plugin} le traite comme « ${law(other)} »`,
    ),
    { plugin },
  )
}

function notALaw(plugin: string, { label, law }: HookFacts): PalabreError {
  return new PalabreError(
    'bad-plugin',
    text(
      `${plugin} gives the hook ${label} the law "${law}", which does not exist`,
      `${plugin} donne au crochet ${label} la loi « ${law} », qui n’existe pas`,
    ),
    { plugin },
  )
}

function notAStage(plugin: string, { label }: HookFacts, stage: unknown): PalabreError {
  return new PalabreError(
    'bad-plugin',
    text(
      `${plugin} taps ${label} at the stage "${String(stage)}", which does not exist`,
      `${plugin} se place au crochet ${label} à l’étape « ${String(stage)} », qui n’existe pas`,
    ),
    { plugin },
  )
}
