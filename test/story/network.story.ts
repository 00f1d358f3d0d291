import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson, type CliProcess, type Person } from './cli-process.ts'

interface Info {
  readonly self: string
  readonly addresses: readonly string[]
}

/** What stories of their own look at. */
const others = ['transport-webrtc', 'transport-webrtc-direct', 'discovery-mdns', 'discovery-announce', 'resolver-doh']

/** Everything on this machine's own addresses. */
const local = (more: object = {}) => ({
  plugins: {
    'transport-tcp': { config: { listen: ['/ip4/127.0.0.1/tcp/0'] } },
    'transport-quic': false,
    'transport-websocket': { config: { listen: ['/ip4/127.0.0.1/tcp/0/ws'] } },
    ...Object.fromEntries(others.map((id) => [id, false])),
    ...more,
  },
})

const net = (...args: string[]) => ['--profile', 'network', 'net', ...args]
const lines = (said: string) =>
  said
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** A process that stays, and what it said of itself. */
async function staying(person: Person, ...args: string[]): Promise<Info & { process: CliProcess }> {
  const process = person.start(net(...(args.length === 0 ? ['watch', '--json'] : args)))
  const [first] = lines((await process.says(/\n/)).split('\n')[0]!)
  return { process, ...(first as unknown as Info) }
}

test('info says who we are and where we can be reached, under both names, for people and programs', async () => {
  await using anna = newPerson(local())
  const info = await anna.palabre(...net('info', '--json'))
  assert.is(info.code, 0, info.err)
  const [{ self, addresses, links }] = lines(info.out) as unknown as [Info & { links: unknown[] }]
  assert.match(self, /^12D3KooW/)
  assert.is(addresses.length, 2)
  assert.ok(addresses.every((one) => one.startsWith('/ip4/127.0.0.1/') && one.endsWith(self)))
  assert.equal(links, [])
  const french = await anna.palabre('--lang', 'fr', ...net('network-info'))
  assert.is(french.code, 0, french.err)
  assert.match(french.out, /^Nous sommes 12D3KooW/)
})

test('an invite leads to the node of who made it, without making them contacts; a broken one is refused', async () => {
  await using anna = newPerson(local())
  await using bruno = newPerson(local())
  const staying = anna.start(['net', 'watch', '--json'])
  const [{ self }] = lines((await staying.says(/\n/)).split('\n')[0]!) as unknown as [Info]
  const [{ link }] = lines((await anna.palabre('invite', 'create', '--json')).out) as unknown as [{ link: string }]
  const connected = await bruno.palabre('net', 'connect', '--json', '--peer', link)
  assert.is(connected.code, 0, connected.err)
  assert.is((lines(connected.out)[0] as { peer: string }).peer, self)
  assert.equal(lines((await bruno.palabre('contacts', 'list', '--json')).out), [[]])
  const broken = await bruno.palabre('net', 'connect', '--peer', link.slice(0, -9))
  assert.is(broken.code, 2)
  assert.match(broken.err, 'this is no whole invite')
})

test('two processes: one stays, the other connects and pings; both see the link come and go', async () => {
  await using anna = newPerson(local())
  await using bruno = newPerson(local())
  const there = await staying(anna)
  const connected = await bruno.palabre(...net('connect', '--json', ...there.addresses))
  assert.is(connected.code, 0, connected.err)
  const [{ peer, path }] = lines(connected.out) as unknown as [{ peer: string; path: { kind: string; transport: string } }]
  assert.is(peer, there.self)
  assert.equal([path.kind, path.transport], ['lan', 'tcp'])
  await there.process.says('"link-closed"')
  assert.equal(
    lines(there.process.said()).flatMap(({ kind }) => (String(kind).startsWith('link-') ? [kind] : [])),
    ['link-opened', 'link-closed'],
  )

  const ping = await bruno.palabre(...net('ping', '--json', '--count', '3', '--interval', '10', '--peer', there.addresses[0]!))
  assert.is(ping.code, 0, ping.err)
  assert.equal(
    lines(ping.out).map(({ seq, rtt }) => [seq, typeof rtt]),
    [1, 2, 3].map((seq) => [seq, 'number']),
  )
  const french = await bruno.palabre(
    '--lang',
    'fr',
    ...net(
      'ping',
      there.addresses.find((one) => !one.includes('/ws/'))!,
      '--count',
      '1',
    ),
  )
  assert.match(french.out, /^1 : \d+\.\d ms, direct, réseau local \(tcp\)\n$/)

  there.process.signal('SIGINT')
  assert.is((await there.process.ended).code, 0)
})

test('the id stays with the profile until a new one is asked for: links end in good order, and it is reached as the new one', async () => {
  await using anna = newPerson(local())
  await using bruno = newPerson(local())
  const there = await staying(anna)
  const pinging = bruno.start(net('ping', there.addresses[0]!, '--json', '--count', '0', '--interval', '50'))
  await pinging.says('\n')
  const rotated = await anna.palabre(...net('rotate', '--json'))
  assert.is(rotated.code, 0, rotated.err)
  const [fresh] = lines(rotated.out) as unknown as [Info]
  assert.is.not(fresh.self, there.self)
  await there.process.says(`"self":"${fresh.self}"`)
  assert.is((await pinging.ended).code, 3)
  const again = await bruno.palabre(...net('connect', '--json', there.addresses[0]!))
  assert.is(again.code, 3, 'nobody answers under the old id')
  assert.is((await bruno.palabre(...net('connect', ...fresh.addresses))).code, 0)

  there.process.signal('SIGINT')
  await there.process.ended
  assert.is((await staying(anna)).self, fresh.self)
})

test('a link is ended by command, at both ends', async () => {
  await using anna = newPerson(local())
  await using bruno = newPerson(local())
  const there = await staying(anna)
  const here = await staying(bruno)
  assert.is((await bruno.palabre(...net('connect', ...there.addresses))).code, 0)
  const gone = await bruno.palabre(...net('disconnect', there.self))
  assert.is(gone.code, 0, gone.err)
  assert.match(gone.out, `Closed the link to ${there.self}.`)
  for (const one of [here, there]) await one.process.says('"link-closed"')
  assert.equal(lines((await bruno.palabre(...net('info', '--json'))).out)[0]!['links'], [])
})

test('discovery tells who is found and links them, until interrupted', async () => {
  await using anna = newPerson(local())
  const there = await staying(anna)
  await using bruno = newPerson(local({ 'discovery-manual': { config: { peers: there.addresses } } }))
  const looking = bruno.start(net('start-discovery', '--json'))
  await looking.says((said) => said.includes(there.self))
  const [found] = lines(looking.said().split('\n')[0]!)
  assert.is(found!['peer'], there.self)
  assert.is(found!['by'], 'manual')
  await there.process.says('"link-opened"')
  looking.signal('SIGINT')
  assert.is((await looking.ended).code, 0)
  const limited = await bruno.palabre(...net('start-discovery', '--seconds', '1'))
  assert.is(limited.code, 0, limited.err)
  assert.match(limited.out, `Found by manual: ${there.self}`)
})

test('with nobody about, the list is empty, and there is nothing to disconnect', async () => {
  await using anna = newPerson(local())
  const list = await anna.palabre(...net('list-peers', '--json'))
  assert.equal(lines(list.out), [[]] as never)
  const gone = await anna.palabre(...net('disconnect', '12D3KooWSu6zKNKbsm28CNH9KwrjVvccRGDUYnWgu3fTjAGgAVRS'))
  assert.is(gone.code, 3)
  assert.match(gone.err, 'there is no link to')
})

test('what cannot be dialled: 2 when the line must change, 3 when nobody is there', async () => {
  await using anna = newPerson(local())
  const cases: [string[], number, RegExp][] = [
    [['connect', 'bruno'], 2, /"bruno" is neither a peer id, nor an address, nor an invite/],
    [['connect'], 2, /peer/],
    [['ping', '/ip4/127.0.0.1/tcp/99999'], 2, /neither a peer id, nor an address, nor an invite/],
    [['connect', '/ip4/127.0.0.1/udp/9/quic-v1'], 2, /no transport that is on/],
    [['connect', '/dns4/nobody.invalid/tcp/1'], 2, /no resolver is on/],
    [['connect', '/ip4/127.0.0.1/tcp/1'], 3, /cannot be reached/],
    [['connect', '12D3KooWSu6zKNKbsm28CNH9KwrjVvccRGDUYnWgu3fTjAGgAVRS'], 3, /no address of/],
  ]
  await Promise.all(
    cases.map(async ([args, code, says]) => {
      const outcome = await anna.palabre(...net(...args))
      assert.is(outcome.code, code, `${args.join(' ')}: ${outcome.err}`)
      assert.match(outcome.err, says)
      assert.is(outcome.out, '')
    }),
  )
})

test('with the network off, its verbs say what is missing', async () => {
  await using anna = newPerson(local({ 'network-libp2p': false }))
  const info = await anna.palabre(...net('info'))
  assert.is(info.code, 2)
  assert.match(info.err, /network/)
  assert.is(info.out, '')
})

test.run()
