import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isPalabreError } from '@palabre/sdk'
import { proveAll } from '@palabre/sdk/conformance/law'
import { resolverLaws } from '@palabre/sdk/conformance/resolver'
import { Resolver } from '@palabre/sdk/contract/resolver'
import { fakeClock, startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { checkServer } from './ask.ts'
import { doh } from './doh.ts'
import { kinds } from './message.ts'

/** Records by name and kind, as their bytes. */
type Zone = Readonly<Record<string, Readonly<Record<number, readonly (readonly number[])[]>>>>

const zone: Zone = {
  'two.example': {
    [kinds.a]: [
      [192, 0, 2, 1],
      [192, 0, 2, 2],
    ],
    [kinds.aaaa]: [[0x20, 1, 0x0d, 0xb8, ...Array.from({ length: 11 }, () => 0), 1]],
  },
  'mute.example': {},
  'told.example': {
    [kinds.txt]: [
      [5, ...Buffer.from('hello')],
      [255, ...Buffer.alloc(255, 'a'), 45, ...Buffer.alloc(45, 'a')],
    ],
  },
}

/** What a DNS server says to a question; the whole question is sent back before the records. */
function answerTo(question: Buffer, known: Zone, life: number): Buffer {
  const labels: string[] = []
  let at = 12
  for (; question[at] !== 0; at += 1 + question[at]!) labels.push(question.toString('latin1', at + 1, at + 1 + question[at]!))
  const kind = question.readUInt16BE(at + 1)
  const there = known[labels.join('.')]
  const records = there?.[kind] ?? []
  const head = Buffer.from(question)
  head.writeUInt16BE(there === undefined ? 0x8183 : 0x8180, 2)
  head.writeUInt16BE(records.length, 6)
  const bodies = records.map((data) =>
    Buffer.from([0xc0, 12, 0, kind, 0, 1, 0, 0, life >> 8, life & 255, data.length >> 8, data.length & 255, ...data]),
  )
  return Buffer.concat([head, ...bodies])
}

type Handler = (request: IncomingMessage, response: ServerResponse, question: Buffer) => void

/** A DoH server on loopback, which answers as DNS does; `handler` is who answers now. */
async function serve(first: Handler = honest()) {
  let handler = first
  let asked = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      asked++
      handler(request, response, Buffer.concat(chunks))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/dns-query`,
    asked: () => asked,
    become: (next: Handler) => void (handler = next),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function honest(life = 60, known = zone): Handler {
  return (request, response, question) => {
    const asksRight = request.method === 'POST' && request.headers['content-type'] === 'application/dns-message'
    response.writeHead(asksRight ? 200 : 400, { 'content-type': 'application/dns-message' })
    response.end(asksRight ? answerTo(question, known, life) : '')
  }
}

function open(servers: readonly string[], timeout = 2_000) {
  const over = new AbortController()
  const clock = fakeClock()
  return { over, clock, resolver: doh({ servers, timeout, clock, signal: over.signal }) }
}

proveAll(test, resolverLaws, async () => {
  const server = await serve()
  const { resolver, over } = open([server.url], 500)
  const subject = {
    resolver,
    asked: server.asked,
    cut: () => server.become((_request, response) => response.destroy()),
    freeze: () => server.become(() => undefined),
  }
  return {
    subject,
    async close() {
      over.abort()
      await server[Symbol.asyncDispose]()
    },
  }
})

const failures: Record<string, Handler> = {
  'is broken': (_request, response) => void response.writeHead(500).end(),
  'sends us elsewhere': (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  'answers nonsense': (_request, response) => void response.end('<html>please sign in</html>'),
  'answers without end': (_request, response) => {
    const more = () => response.destroyed || response.write(Buffer.alloc(65_536), more)
    more()
  },
  'answers another question': (_request, response, question) =>
    void response.end(answerTo(Buffer.from(question.toString('latin1').replace('two', 'one'), 'latin1'), zone, 60)),
  'says that it cannot': (_request, response, question) => {
    const answer = answerTo(question, zone, 60)
    answer[3] = 2
    response.end(answer)
  },
  'never answers': () => undefined,
  'cuts the line': (_request, response) => void response.destroy(),
}

for (const [what, handler] of Object.entries(failures)) {
  test(`when the first server ${what}, the second one is asked`, async () => {
    await using bad = await serve(handler)
    await using good = await serve()
    const { resolver } = open([bad.url, good.url], 300)
    assert.is((await resolver.addresses('two.example', { family: 4 })).length, 2)
    assert.is(bad.asked(), 1)
    assert.is(good.asked(), 1)
  })
}

test('that there is no such name is believed of the first one', async () => {
  await using first = await serve(honest(60, {}))
  await using second = await serve()
  const { resolver } = open([first.url, second.url])
  await failsWith(resolver.addresses('two.example', { family: 4 }), 'peer-unknown')
  assert.is(second.asked(), 0)
})

test('an answer is forgotten when it has lived as long as it said', async () => {
  await using server = await serve(honest(60))
  const { resolver, clock } = open([server.url])
  const look = () => resolver.addresses('two.example', { family: 4 })
  await look()
  await clock.advance(59_000)
  await look()
  assert.is(server.asked(), 1)
  await clock.advance(2_000)
  await look()
  assert.is(server.asked(), 2)
})

test('a failure is not remembered', async () => {
  await using server = await serve(failures['is broken'])
  const { resolver } = open([server.url])
  await failsWith(resolver.texts('told.example'), 'unreachable')
  server.become(honest())
  assert.is((await resolver.texts('told.example')).length, 2)
})

test('the question of two ends for one and goes on for the other', async () => {
  const { promise: asked, resolve } = Promise.withResolvers<() => void>()
  await using server = await serve((request, response, question) => resolve(() => honest()(request, response, question)))
  const { resolver } = open([server.url])
  const giveUp = new AbortController()
  const one = resolver.texts('told.example', { signal: giveUp.signal })
  const other = resolver.texts('told.example')
  const answer = await asked
  giveUp.abort()
  await failsWith(one, 'cancelled')
  answer()
  assert.is((await other).length, 2)
})

test('what runs when the plugin stops is cancelled', async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  await using server = await serve(() => resolve())
  const { resolver, over } = open([server.url])
  const looking = resolver.texts('told.example')
  await asked
  over.abort()
  await failsWith(looking, 'cancelled')
})

test('a server is named by address, and in the clear only here', () => {
  for (const good of [
    'https://1.1.1.1/dns-query',
    'https://[2606:4700:4700::1111]/dns-query',
    'http://127.0.0.1:80/',
    'http://[::1]:80/',
  ])
    checkServer(good)
  for (const bad of [
    'https://dns.example/dns-query',
    'http://1.1.1.1/',
    'ftp://127.0.0.1/',
    'nonsense',
    'http://127.evil.example/',
    'https://localhost/',
  ]) {
    assert.throws(
      () => checkServer(bad),
      (error: unknown) => isPalabreError(error) && error.code === 'bad-settings',
      bad,
    )
  }
})

test('as a plugin it takes its settings, and refuses those that would ask in the clear', async () => {
  await using server = await serve()
  await using host = await startTestHost({
    plugins: [import.meta.dirname],
    config: { 'resolver-doh': { servers: [server.url] } },
    lend: { resolvers: Resolver },
  })
  const [resolver] = [...host.lent.resolvers]
  assert.is((await resolver!.texts('told.example')).length, 2)
  await using other = await startTestHost({
    plugins: [import.meta.dirname],
    config: { 'resolver-doh': { servers: ['http://1.1.1.1/'] } },
  })
  assert.match(other.plugins.why('resolver-doh').plugin.reason?.en ?? '', 'cannot ask http://1.1.1.1/')
})

async function failsWith(looking: Promise<unknown>, code: string): Promise<void> {
  const error = await looking.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  assert.ok(isPalabreError(error), String(error))
  assert.is(error.code, code)
}

test.run()
