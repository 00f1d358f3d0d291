import { definePlugin, notifyHook, slot, token } from '@palabre/sdk'
import { testPlugin } from '@palabre/sdk/testkit'
import { tell } from '../own-process.ts'
import { startKernel } from './running-kernel.ts'

export interface SwitchingTook {
  /** MB that the heap has grown by, everything collected before and after. */
  readonly growth: number
  /** Milliseconds per cycle, a hundred cycles at a time. */
  readonly cycles: number[]
}

const hundreds = 100

const Lamp = token<object>('lamp')
const Shade = slot<object>('shade')
const dimmed = notifyHook<[number]>('lamp.dimmed')
const lit = notifyHook<[number]>('lamp.lit')
const starts = { lamp: 0, reader: 0, moth: 0 }

/** Holds one of everything that a scope lends. */
const lamp = definePlugin({
  provides: { lamp: Lamp },
  contributes: [Shade],
  taps: [dimmed, lit],
  calls: [lit],
  start(_, scope) {
    starts.lamp++
    scope.tap(dimmed, () => undefined)
    scope.tap(lit, () => undefined, { stage: 'late' })
    scope.every(60_000, () => undefined)
    scope.after(60_000, () => undefined)
    scope.command('lamp.turn', () => ({ data: undefined }))
    scope.contribute(Shade, {})
    scope.onStop(() => undefined)
    scope.hook(lit).call(1)
    return { lamp: {} }
  },
})
const reader = definePlugin({ needs: { lamp: Lamp }, start: () => void starts.reader++ })
const moth = definePlugin({
  needs: { lamp: Lamp, shades: Shade },
  taps: [lit],
  start({ shades }, scope) {
    starts.moth++
    shades.watch(() => () => undefined)
    scope.tap(lit, () => undefined)
  },
})

const kernel = await startKernel([
  testPlugin('lamp', lamp, { commands: [{ id: 'lamp.turn', title: { en: 'Turn it', fr: 'La tourner' } }] }),
  testPlugin('reader', reader),
  testPlugin('moth', moth),
])

await cycle(500)
const before = heapInMB()
const cycles: number[] = []
for (let i = 0; i < hundreds; i++) {
  const began = performance.now()
  await cycle(100)
  cycles.push((performance.now() - began) / 100)
}
const growth = heapInMB() - before

const expected = 1 + 500 + hundreds * 100
for (const [id, count] of Object.entries(starts)) {
  if (count !== expected) throw new Error(`${id} started ${count} times and not ${expected}`)
}
await kernel.stop()
const took: SwitchingTook = { growth, cycles }
await tell(took)

async function cycle(times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await kernel.plugins.disable('lamp')
    await kernel.plugins.enable('lamp')
  }
}

function heapInMB(): number {
  gc!()
  return process.memoryUsage().heapUsed / 1e6
}
