/**
 * A hook is a named moment at which one plugin lets others look or have a say. Its law says what taps may do and what a
 * throwing tap means. A plugin never holds the hook itself: it gets `scope.tap` and `scope.hook`, as its manifest allows.
 */
export interface Hook<Tap extends AnyTap, Call extends AnyTap> {
  readonly name: string
  readonly major: number
  readonly law: HookLaw
  readonly onThrow: OnThrow
  /** Only for the compiler. */
  readonly stands?: [Tap, Call]
}

/**
 * - `notify`: every tap runs, nothing comes back.
 * - `waterfall`: a value passes through every tap.
 * - `decide`: taps are asked in turn, asynchronously; the first answer that is not `undefined` stands.
 */
export type HookLaw = 'notify' | 'waterfall' | 'decide'

/** `skip`: a throwing tap is reported and the others run. `stop`: the call fails, as it must where silence would mean consent. */
export type OnThrow = 'skip' | 'stop'

/** Where a tap stands among the others; never by another plugin's name. */
export type Stage = 'first' | 'early' | 'normal' | 'late' | 'last'

// oxlint-disable-next-line typescript/no-explicit-any -- a constraint on functions of any arguments
export type AnyTap = (...args: any[]) => unknown

export interface HookOptions {
  readonly major?: number
  readonly onThrow?: OnThrow
}

/** A call hands over up to four things: what is more belongs into one object. */
type UpToThree = [unknown?, unknown?, unknown?]
type UpToFour = [...UpToThree, unknown?]

type Notify<Args extends unknown[]> = (...args: Args) => void
type Pass<Value, Context extends unknown[]> = (value: Value, ...context: Context) => Value
type Ask<Args extends unknown[], Answer> = (...args: Args) => Answer | undefined | Promise<Answer | undefined>
type Asked<Args extends unknown[], Answer> = (...args: Args) => Promise<Answer | undefined>

export function notifyHook<Args extends UpToFour>(name: string, options?: HookOptions): Hook<Notify<Args>, Notify<Args>> {
  return hook(name, 'notify', options)
}

export function waterfallHook<Value, Context extends UpToThree = []>(
  name: string,
  options?: HookOptions,
): Hook<Pass<Value, Context>, Pass<Value, Context>> {
  return hook(name, 'waterfall', options)
}

export function decideHook<Args extends UpToFour, Answer>(
  name: string,
  options?: HookOptions,
): Hook<Ask<Args, Answer>, Asked<Args, Answer>> {
  return hook(name, 'decide', options)
}

/** How manifests write it: `greeting@1`. */
export function hookLabel(hook: Pick<Hook<never, never>, 'name' | 'major'>): string {
  return `${hook.name}@${hook.major}`
}

function hook(name: string, law: HookLaw, { major = 1, onThrow = 'skip' }: HookOptions = {}): Hook<never, never> {
  return { name, major, law, onThrow }
}
