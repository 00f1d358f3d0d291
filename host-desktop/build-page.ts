import { buildPage } from '@palabre/host-web/build'
import { errorToWire } from '@palabre/sdk/contract/port-wire'
import type { BuildOrder, BuildOutcome } from './built-page.ts'

// A process of its own: takes one order, answers, ends; also when whoever gave the order is gone.
process.once('disconnect', () => process.exit())
process.once('message', (order) => void build(order as BuildOrder).then(answer))

async function build({ plugins, outDir }: BuildOrder): Promise<BuildOutcome> {
  try {
    const { isNew } = await buildPage({ plugins, profile: 'face', outDir })
    return { isNew }
  } catch (error) {
    return { error: errorToWire(error, 'build') }
  }
}

function answer(outcome: BuildOutcome): void {
  process.send?.(outcome, () => process.disconnect())
}
