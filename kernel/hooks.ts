/// <reference path="./tapable.d.ts" />
import { hookLabel, PalabreError, text, type AnyTap, type Hook, type HookCall, type HookLaw, type Stage } from '@palabre/sdk'
import type { HookFlow } from '@palabre/sdk/contract/plugins'
import TapableHook from 'tapable/lib/Hook.js'
import { askInTurn, notifyAll, passThrough, type Blame, type TapFn } from './dispatch.ts'

/** Every hook of the house. Plugins hold neither this nor a hook, only the facades that `scope` makes of it. */
export interface Hooks {
  /** The returned function removes the tap. */
  tap(plugin: string, hook: Hook<AnyTap, AnyTap>, fn: AnyTap, stage: Stage): () => void
  /** The returned `leave` forgets that the plugin calls this hook. */
  caller(plugin: string, hook: Hook<AnyTap, AnyTap>): { call: HookCall<AnyTap>; leave(): void }
  flow(): readonly HookFlow[]
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

  const open = (hook: Hook<AnyTap, AnyTap>): KernelHook => {
    const name = hookLabel(hook)
    const existing = known.get(name)
    if (existing === undefined) {
      const made = new KernelHook(hook, onTapError)
      known.set(name, made)
      return made
    }
    if (existing.law !== hook.law || existing.onThrow !== hook.onThrow) throw differentLaw(name, existing.law, hook.law)
    return existing
  }

  return {
    tap(plugin, hook, fn, stage) {
      const at = open(hook)
      return at.add(plugin, fn, stages[stage])
    },
    caller(plugin, hook) {
      const at = open(hook)
      at.callers.push(plugin)
      const call: HookCall<AnyTap> = {
        call: (a: unknown, b: unknown, c: unknown, d: unknown) => at.call(a, b, c, d),
        get size() {
          return at.taps.length
        },
      }
      return { call, leave: () => void at.callers.splice(at.callers.indexOf(plugin), 1) }
    },
    flow: () => [...known].map(([name, hook]) => ({ hook: name, callers: [...hook.callers], taps: hook.describe() })),
  }
}

/** tapable's order of stages and lazy compilation; ours are removal, a guard for each tap, and closures in place of generated code. */
class KernelHook extends TapableHook {
  readonly law: HookLaw
  readonly onThrow: Hook<AnyTap, AnyTap>['onThrow']
  readonly callers: string[] = []
  readonly #onTapError: OnTapError

  constructor(hook: Hook<AnyTap, AnyTap>, onTapError: OnTapError) {
    super([], hookLabel(hook))
    this.law = hook.law
    this.onThrow = hook.onThrow
    this.#onTapError = onTapError
  }

  override compile({ taps }: Parameters<TapableHook['compile']>[0]): TapFn {
    const order = taps.slice()
    const blame: Blame = (tap, error) => {
      this.#onTapError(order[tap]!.name, this.name, error)
      if (this.onThrow === 'stop') throw error
    }
    return laws[this.law](
      order.map((tap) => tap.fn as TapFn),
      blame,
    )
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

function differentLaw(name: string, one: HookLaw, other: HookLaw): PalabreError {
  return new PalabreError(
    'bad-plugin',
    text(
      `the hook ${name} follows the law "${one}", and this plugin treats it as "${other}"`,
      `le crochet ${name} suit la loi « ${one} », et ce plugin le traite comme « ${other} »`,
    ),
  )
}
