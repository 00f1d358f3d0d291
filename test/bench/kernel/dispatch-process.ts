import { EventEmitter } from 'node:events'
import { definePlugin, notifyHook, type HookCall } from '@palabre/sdk'
import { testPlugin } from '@palabre/sdk/testkit'
import { tell } from '../own-process.ts'
import { inTurn, median } from '../rounds.ts'
import { countingListeners, directCalls, lightListeners, type Listener } from './listeners.ts'
import { startKernel } from './running-kernel.ts'

/** Nanoseconds per dispatch, round by round. */
export interface DispatchTook {
  readonly hook: number[]
  readonly direct: number[]
  readonly emitter: number[]
}

const msPerRound = 3
const rounds = 101

/** node dispatch-process.ts <taps> <light|counting> <new|lived-in>: one size for each process, so that no other has taught the engine. */
const [taps = '', kind, house] = process.argv.slice(2)
const listeners = kind === 'light' ? lightListeners() : countingListeners()
const chosen = listeners.all.slice(0, Number(taps))

const direct = directCalls(listeners.all, Number(taps))
const emitter = new EventEmitter().setMaxListeners(0)
for (const listener of chosen) emitter.on('spoken', listener)
const hook = (await (house === 'lived-in' ? livedInHouse() : newHouse([['spoken', chosen]]))).get('spoken')!
if (hook.size !== chosen.length) throw new Error(`${hook.size} taps stand at the hook and not ${taps}`)

function dispatch(times: number): void {
  for (let i = 0; i < times; i++) hook.call(i, 1)
}
function callDirectly(times: number): void {
  for (let i = 0; i < times; i++) direct(i, 1)
}
function emit(times: number): void {
  for (let i = 0; i < times; i++) emitter.emit('spoken', i, 1)
}

mustDoTheSameWork()
const times = await enoughForARound()
const took: DispatchTook = await inTurn(rounds, contestants(times))
await tell(took)

function contestants(times: number) {
  const perCall = (run: (times: number) => void) => () => {
    const began = performance.now()
    run(times)
    return ((performance.now() - began) * 1e6) / times
  }
  return { hook: perCall(dispatch), direct: perCall(callDirectly), emitter: perCall(emit) }
}

/** Warms the three up, and finds how many calls of the slowest fill a round. */
async function enoughForARound(): Promise<number> {
  const took = await inTurn(30, contestants(50_000))
  return Math.round((msPerRound * 1e6) / Math.max(...Object.values(took).map(median)))
}

/** Whoever left a call out would leave another trace behind. */
function mustDoTheSameWork(): void {
  const traces = [dispatch, callDirectly, emit].map((run) => {
    const before = listeners.trace()
    run(64)
    return before === listeners.trace() && chosen.length > 0 ? 'nothing' : 'something'
  })
  if (traces.includes('nothing')) throw new Error(`of hook, direct call and emitter, one calls nobody: ${traces.join()}`)
}

/** A kernel with one plugin that calls each hook, and one for each tap. */
async function newHouse(hooks: readonly (readonly [string, readonly Listener[]])[]): Promise<Map<string, HookCall<Listener>>> {
  const lent = new Map<string, HookCall<Listener>>()
  const plugins = hooks.flatMap(([name, taps]) => {
    const moment = notifyHook<[number, number]>(name)
    const caller = definePlugin({ calls: [moment], start: (_, scope) => void lent.set(name, scope.hook(moment)) })
    const tapper = (listener: Listener) => definePlugin({ taps: [moment], start: (_, scope) => void scope.tap(moment, listener) })
    return [testPlugin(`calls-${name}`, caller), ...taps.map((listener, i) => testPlugin(`taps-${name}-${i}`, tapper(listener)))]
  })
  await startKernel(plugins)
  return lent
}

/** Where hooks of every size have been called for a while, and emitters too, so that nobody has the engine to himself. */
async function livedInHouse(): Promise<Map<string, HookCall<Listener>>> {
  const others = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16].map((size) => {
    const turned = [...listeners.all.slice(size), ...listeners.all.slice(0, size)]
    return [`other-${size}`, turned.slice(0, size)] as const
  })
  const hooks = await newHouse([...others, ['spoken', chosen]])
  for (const [name, taps] of others) {
    for (const listener of taps) emitter.on(name, listener)
    for (let i = 0; i < 20_000; i++) {
      hooks.get(name)!.call(i, 1)
      emitter.emit(name, i, 1)
    }
  }
  return hooks
}
