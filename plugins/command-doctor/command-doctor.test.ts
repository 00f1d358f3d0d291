import { definePlugin, text } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import type { Finding } from '@palabre/sdk/contract/finding'
import { Network } from '@palabre/sdk/contract/network'
import { PalabreError } from '@palabre/sdk'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

type Extra = ReturnType<typeof testPlugin>

async function found(plugins: Extra[], now?: number): Promise<readonly Finding[]> {
  await using host = await startTestHost({ plugins: [import.meta.dirname, ...plugins], lend: { clock: Clock } })
  if (now !== undefined) await host.clock.advance(now - host.clock.now())
  return (await host.commands.run('checkup')).data as readonly Finding[]
}

const of = (all: readonly Finding[], area: string) => all.filter((one) => one.area === area)

test('with nothing but a clock it says that everything else is missing', async () => {
  const all = await found([])
  for (const area of ['vault', 'store', 'suite', 'route', 'network', 'outbox'])
    assert.equal(
      of(all, area).map(({ level }) => level),
      ['setting'],
      area,
    )
})

test('a plugin that failed is told with its own reason and what to do', async () => {
  const failing = definePlugin({
    start() {
      throw new PalabreError('storage-failed', text('the disk is full', 'le disque est plein'), {
        todo: text('make room', 'faites de la place'),
      })
    },
  })
  const told = of(await found([testPlugin('sick', failing)]), 'plugin').find(({ says }) => says.en.includes('sick'))
  assert.match(told?.says.en ?? '', /^sick is (failed|given up): the disk is full/)
  assert.match(told?.says.fr ?? '', / : le disque est plein/)
  assert.is(told?.level, 'fault')
})

test('what cannot be looked at is told, and the rest is looked at all the same', async () => {
  const deaf = definePlugin({
    provides: { network: Network },
    start: () => ({ network: { ready: () => Promise.reject(new Error('no socket')) } as unknown as Network }),
  })
  const all = await found([testPlugin('deaf', deaf)])
  assert.equal(of(all, 'network'), [{ area: 'network', level: 'fault', says: text('no socket', 'no socket') }])
  assert.is(of(all, 'outbox').length, 1)
})

test('a clock that cannot be right is a fault', async () => {
  assert.is(of(await found([], Date.UTC(2126, 5)), 'clock')[0]?.level, 'fault')
  assert.is(of(await found([], Date.UTC(2027, 5)), 'clock')[0]?.level, 'good')
})

test.run()
