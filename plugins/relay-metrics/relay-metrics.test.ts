import { definePlugin } from '@palabre/sdk'
import { reply } from '@palabre/sdk/contract/command'
import { Network } from '@palabre/sdk/contract/network'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { request } from 'node:http'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const network = testPlugin(
  'network-of-two',
  definePlugin({ provides: { network: Network }, start: () => ({ network: { links: () => [{}, {}] } as unknown as Network }) }),
)

const mailbox = (counts: () => { queues: number; blocks: number }) =>
  testPlugin('mailbox', definePlugin({ start: (_needs, scope) => void scope.command('mailbox.counts', () => reply(counts())) }), {
    commands: [{ id: 'mailbox.counts', title: { en: 'Count', fr: 'Compter' } }],
  })

async function open(counts: () => { queues: number; blocks: number }, port = 0) {
  const host = await startTestHost({
    plugins: [import.meta.dirname, network, mailbox(counts)],
    config: { 'relay-metrics': { port } },
    besideOthers: true,
  })
  const address = String(host.log.find(({ message }) => message === 'metrics')?.fields['address'])
  return { host, address, [Symbol.asyncDispose]: () => host.stop() }
}

/** As node's own `fetch` cannot: under any name. */
const get = (address: string, { host, method = 'GET' }: { host?: string; method?: string } = {}) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const asked = request(address, { method, headers: host === undefined ? {} : { host } }, (answer) => {
      let body = ''
      answer.on('data', (some: Buffer) => (body += some.toString()))
      answer.on('end', () => resolve({ status: answer.statusCode!, body }))
    })
    asked.on('error', reject).end()
  })

test('what it counts is told as numbers, and nothing has a label', async () => {
  await using page = await open(() => ({ queues: 7, blocks: 11 }))
  const { status, body } = await get(page.address)
  assert.is(status, 200)
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  for (const line of lines) assert.match(line, /^[a-z_]+ \d+(\.\d+)?$/)
  const said = Object.fromEntries(lines.map((line) => line.split(' ')))
  assert.equal([said['palabre_links'], said['palabre_mailbox_queues'], said['palabre_mailbox_blocks']], ['2', '7', '11'])
  assert.ok(Number(said['process_resident_memory_bytes']) > 1_000_000)
})

test('a mailbox that fails is told as down, and the rest goes on', async () => {
  await using page = await open(() => {
    throw new Error('no database')
  })
  const { body } = await get(page.address)
  assert.match(body, /^palabre_mailbox_up 0$/m)
  assert.not.match(body, 'palabre_mailbox_queues')
  assert.match(body, /^palabre_links 2$/m)
})

test('where the port is taken it does without, and nothing fails', async () => {
  await using first = await open(() => ({ queues: 0, blocks: 0 }))
  await using second = await open(() => ({ queues: 0, blocks: 0 }), Number(new URL(first.address).port))
  assert.is(second.host.plugins.why('relay-metrics').plugin.state, 'running')
  assert.ok(second.host.log.some(({ message }) => message === 'no metrics'))
})

test('it listens on the loopback alone, answers nobody else’s name, and knows one page', async () => {
  await using page = await open(() => ({ queues: 0, blocks: 0 }))
  assert.match(page.address, /^http:\/\/127\.0\.0\.1:\d+\/metrics$/)
  assert.is((await get(page.address, { host: 'attacker.example' })).status, 403)
  assert.is((await get(page.address.replace('/metrics', '/'))).status, 404)
  assert.is((await get(page.address, { method: 'POST' })).status, 404)
})

test.run()
