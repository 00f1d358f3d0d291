// slow
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { inOwnNetwork } from '../network/in-own-network.ts'
import type { CliProcess } from './cli-process.ts'
import { openMeadow, plugIn, type Machine } from './meadow.ts'
import { account, openTurn } from './turn-server.ts'
import { newTalker, otherRoads } from './two-talkers.ts'

const here = '10.77.0.1'
const middle = '10.78.0.1'
const accountAt = (host: string) => ({ url: `turn:${host}:3478`, ...account })

const tcp = (...listen: string[]) => ({ 'transport-tcp': { enabled: true, config: { listen } } })
const webrtc = (...turn: object[]) => ({ 'transport-webrtc': { enabled: true, config: { turn } } })

interface Verdict {
  readonly check: string
  readonly verdict: string
  readonly address?: string
  readonly code?: number
}

const linesOf = <T>(said: string): T[] =>
  said
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)

/** What the diagnostics say of this server, to a program and to a person. */
async function verdictOn(turn: object) {
  await using ada = newTalker({ ...tcp(), ...webrtc(turn), 'network-diagnostics': true })
  const data = await ada.palabre('net', 'diagnostics', '--json')
  const rows = linesOf<Verdict>(data.out)
  const french = await ada.palabre('--lang', 'fr', 'net', 'diagnostics')
  return { ...rows.find(({ check }) => check === 'TURN')!, french: french.out.split('\n').find((line) => line.includes('TURN'))! }
}

/** Hears of nobody but the one machine in the middle. */
const wall = `nft add table inet wall
nft add chain inet wall in '{ type filter hook input priority 0; policy drop; }'
nft add rule inet wall in iif lo accept
nft add rule inet wall in ip saddr ${middle} accept`

/** A person behind such a wall, who can be reached through the relay and through these TURN servers. */
const walled = (name: string, address: string, relay: string, ...turn: object[]) =>
  plugIn(
    name,
    address,
    { ...otherRoads, ...tcp(), ...webrtc(...turn), 'transport-relay': { enabled: true, config: { relays: [relay] } } },
    wall,
  )

/** Where somebody is, once an address of theirs has this in it. */
async function addressWith(what: string, watching: CliProcess): Promise<string> {
  return new RegExp(`"([^"]*${what}[^"]*)"`).exec(await watching.says(what))![1]!
}

interface Said {
  readonly kind?: string
  readonly path: { readonly kind: string; readonly transport: string }
}

const pathIn = ({ path }: Said) => `${path.kind} ${path.transport}`

/** The paths of the links that came to somebody, once there is one. */
async function pathsArrivedAt(watching: CliProcess): Promise<string[]> {
  const opened = (said: string) => linesOf<Said>(said.slice(0, said.lastIndexOf('\n'))).filter(({ kind }) => kind === 'link-opened')
  return opened(await watching.says((said) => opened(said).length > 0)).map(pathIn)
}

inOwnNetwork(import.meta.filename, () => {
  test('net diagnostics tells a TURN server that works from one that refuses us and from nobody', async () => {
    await using _turn = await openTurn(here)
    const good = await verdictOn(accountAt(here))
    assert.equal([good.verdict, good.address], ['good', here])
    assert.match(good.french, `${accountAt(here).url} nous a donné ${here}:`)
    const refused = await verdictOn({ ...accountAt(here), credential: 'another' })
    assert.equal([refused.verdict, refused.code], ['bad', 401])
    assert.match(refused.french, `${accountAt(here).url} refuse ada`)
    const nobody = await verdictOn({ ...account, url: `turn:${here}:3479` })
    assert.is(nobody.verdict, 'bad')
    assert.match(nobody.french, 'ne répond pas')
  })

  test('two whose walls let nothing through are linked by the TURN server, and not where none is named', async () => {
    openMeadow()
    await using _turn = await openTurn(middle)
    await using keeper = newTalker({ ...tcp(`/ip4/${middle}/tcp/0`), 'relay-circuit': true })
    const relay = await addressWith(`/ip4/${middle}/tcp/`, keeper.start(['net', 'watch', '--json']))
    await using ada = walled('ada', '10.78.0.2', relay)
    const adaSees = ada.run('net', 'watch', '--json')
    const ofAda = await addressWith('/p2p-circuit/webrtc/', adaSees)
    const pathsOf = async (guest: Machine, at: string) => {
      const { out } = await guest.run('net', 'ping', at, '--count', '3', '--interval', '10', '--json').ended
      return linesOf<Said>(out).map(pathIn)
    }
    const thrice = ['relayed webrtc', 'relayed webrtc', 'relayed webrtc']
    await using bob = walled('bob', '10.78.0.3', relay, accountAt(middle))
    assert.equal(await pathsOf(bob, ofAda), thrice)
    // She has no account there, and sees no more than an address.
    assert.equal(await pathsArrivedAt(adaSees), ['relayed webrtc'])
    await using carl = walled('carl', '10.78.0.4', relay)
    assert.is((await pathsOf(carl, ofAda)).includes('relayed webrtc'), false)
    await using emil = walled('emil', '10.78.0.5', relay, accountAt(middle))
    assert.equal(await pathsOf(carl, await addressWith('/p2p-circuit/webrtc/', emil.run('net', 'watch', '--json'))), thrice)
  })
})
