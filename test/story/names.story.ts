import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson, type Person } from './cli-process.ts'
import { loopbackCertificate } from './loopback-certificate.ts'

const host = 'tree.example'

/** A DNS server over HTTPS on this machine that knows where one host is, and what it lists of addresses. */
async function serveNames() {
  const asked: string[] = []
  const listed: string[] = []
  const server = createServer(loopbackCertificate)
  server.on('request', (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { name, answer } = answerTo(Buffer.concat(chunks), listed)
      asked.push(name)
      response.writeHead(200, { 'content-type': 'application/dns-message' }).end(answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/dns-query`,
    asked,
    listed,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** RFC 1035: the question again, then what there is of the type that it asks for; that there is no such name, of any other. */
function answerTo(question: Buffer, listed: readonly string[]): { name: string; answer: Buffer } {
  const labels: string[] = []
  let at = 12
  for (; question[at] !== 0; at += 1 + question[at]!) labels.push(question.toString('latin1', at + 1, at + 1 + question[at]!))
  const name = labels.join('.')
  const type = question.readUInt16BE(at + 1)
  const known: Record<string, { type: number; records: Buffer[] }> = {
    [host]: { type: 1, records: [Buffer.from([127, 0, 0, 1])] },
    [`_dnsaddr.${host}`]: { type: 16, records: listed.map((one) => withLength(Buffer.from(`dnsaddr=${one}`))) },
  }
  const records = known[name]?.type === type ? known[name].records : []
  const head = Buffer.from(question)
  head.writeUInt16BE(name in known ? 0x8180 : 0x8183, 2)
  head.writeUInt16BE(records.length, 6)
  const fixed = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0])
  return { name, answer: Buffer.concat([head, ...records.flatMap((record) => [fixed, withLength(record)])]) }
}

const withLength = (bytes: Buffer) => Buffer.concat([Buffer.from([bytes.length]), bytes])

/** Somebody who can be reached, and where. */
async function staying(person: Person) {
  const process = person.start(['net', 'watch', '--json'])
  const said = await process.says('\n')
  return { process, ...(JSON.parse(said.split('\n')[0]!) as { self: string; addresses: readonly string[] }) }
}

test('a name in an address is asked of the DNS server in the settings, over HTTPS, and of nobody when resolver-doh is off', async () => {
  await using names = await serveNames()
  const plugins = { 'network-libp2p': true, 'transport-websocket': false, 'discovery-manual': false }
  await using anna = newPerson({ plugins })
  await using bruno = newPerson({ plugins: { ...plugins, 'resolver-doh': { enabled: true, config: { servers: [names.url] } } } })
  bruno.write({ 'ca.pem': loopbackCertificate.cert })
  const env = { NODE_EXTRA_CA_CERTS: join(bruno.folder, 'ca.pem') }
  const { addresses, process: watching } = await staying(anna)
  const named = addresses[0]!.replace('/ip4/127.0.0.1/', `/dns4/${host}/`)

  const connected = await bruno.start(['net', 'connect', '--json', named], { env }).ended
  assert.is(connected.code, 0, connected.err)
  assert.equal([...new Set(names.asked)], [host])

  // Whoever answers with a certificate that nobody vouches for is not believed.
  const unvouched = await bruno.palabre('net', 'connect', named)
  assert.is(unvouched.code, 3, unvouched.err)
  assert.match(unvouched.err, `${host} could not be looked up`)

  assert.is((await bruno.palabre('plugins', 'disable', 'resolver-doh')).code, 0)
  const before = names.asked.length
  const refused = await bruno.start(['net', 'connect', named], { env }).ended
  assert.is(refused.code, 2, refused.err)
  assert.match(refused.err, `no resolver is on to look up ${host}`)
  assert.is(names.asked.length, before)
  watching.signal('SIGINT')
  assert.is((await watching.ended).code, 0)
})

test('a seed is a name that lists nodes; without resolver-doh it leads to nobody', async () => {
  await using names = await serveNames()
  const plugins = { 'discovery-manual': false, 'resolver-doh': { enabled: true, config: { servers: [names.url] } } }
  await using anna = newPerson({ plugins })
  const { self, addresses } = await staying(anna)
  names.listed.push(...addresses)
  await using bruno = newPerson({ plugins: { ...plugins, 'discovery-bootstrap': { enabled: true, config: { seeds: [host] } } } })
  bruno.write({ 'ca.pem': loopbackCertificate.cert })
  const find = () =>
    bruno.start(['net', 'start-discovery', '--seconds', '3', '--json'], {
      env: { NODE_EXTRA_CA_CERTS: join(bruno.folder, 'ca.pem') },
    }).ended
  const found = await find()
  assert.is(found.code, 0, found.err)
  assert.match(found.out, new RegExp(`"peer":"${self}".*"by":"bootstrap"`))
  assert.equal([...new Set(names.asked)], [`_dnsaddr.${host}`])
  assert.is((await bruno.palabre('plugins', 'disable', 'resolver-doh')).code, 0)
  assert.is((await find()).out, '')
})

test('when nobody can be asked for a name, it is said which name, who was asked, and what to do', async () => {
  const gone = createServer(loopbackCertificate).listen(0, '127.0.0.1')
  await once(gone, 'listening')
  const { port } = gone.address() as AddressInfo
  gone.close()
  await once(gone, 'close')
  const servers = [`https://127.0.0.1:${port}/dns-query`]
  await using anna = newPerson({ plugins: { 'resolver-doh': { enabled: true, config: { servers } } } })
  for (const address of [`/dns4/${host}/tcp/4001`, `/dns4/${host}/tcp/443/tls/ws`, `/dnsaddr/${host}`]) {
    const { code, err } = await anna.palabre('net', 'connect', address)
    assert.is(code, 3, err)
    assert.match(err, new RegExp(`the name (_dnsaddr\\.)?${host} could not be looked up`), address)
    assert.match(err, `doh: nobody could be asked for`)
    assert.match(err, `127.0.0.1:${port}`)
    assert.match(err, 'under resolver-doh, servers')
  }
  const french = await anna.palabre('--lang', 'fr', 'net', 'connect', `/dns4/${host}/tcp/4001`)
  assert.match(french.err, `le nom ${host} n’a pas pu être cherché (doh : personne n’a pu être interrogé`)
})

test.run()
