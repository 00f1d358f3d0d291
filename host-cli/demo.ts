import { PalabreError, text, type Text } from '@palabre/sdk'
import { reply } from '@palabre/sdk/contract/command'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { openRecordingHop, type Piece, type RecordingHop } from './demo-hop.ts'
import { openDemoPerson, type DemoPerson } from './demo-person.ts'
import { markersIn, type Marker } from './demo-search.ts'
import { conversationIn, foundText, hopText, peopleText, saidText, seenText } from './demo-tell.ts'
import type { Globals } from './globals.ts'
import { untilInterrupted } from './interrupt.ts'
import type { Shower } from './show.ts'

/** Two people made on the spot talk over real sockets, past somebody who records every byte; then what that one has is shown. */
export async function demo(globals: Globals, shower: Shower): Promise<void> {
  using interrupt = untilInterrupted()
  await Promise.race([play(globals, shower, interrupt.signal), interrupt.happened])
}

async function play(globals: Globals, shower: Shower, signal: AbortSignal): Promise<void> {
  const begun = performance.now()
  const say = (said: Text) => globals.json || shower.reply(reply(undefined, said))
  await using awa = openDemoPerson('Awa Diop', globals, signal)
  await using bruno = openDemoPerson('Bruno Leal', globals, signal)
  await Promise.all([awa.start(), bruno.start()])
  const [one, other] = await Promise.all([introduce(awa), introduce(bruno)])
  say(peopleText([one, other]))

  await using hop = await meet(awa, bruno, one.link)
  say(hopText(hop.port))

  // Who came by an invite is known to the other one with the first message.
  const lines = conversationIn(globals.language)
  for (const [index, line] of lines.entries()) {
    const [from, to] = index % 2 === 0 ? [bruno, awa] : [awa, bruno]
    const since = performance.now()
    const { id } = await from.run<StoredMessage>('send', { to: to.name, message: line, wait: 'delivered', seconds: 20 })
    const arrived = await to.run<StoredMessage>('messages.show', { message: id })
    if (arrived.text !== line) throw failed(text('a message arrived changed', 'un message est arrivé modifié'))
    say(saidText(from.name, to.name, arrived.text, performance.now() - since))
  }

  const pieces = hop.pieces()
  const passed = Buffer.concat(pieces.map(({ bytes }) => bytes))
  await mustHavePassed(awa, passed, lines)
  const markers = [...lines.map((line) => marker(`“${line}”`, line)), ...identitiesOf(one), ...identitiesOf(other)]
  const found = markersIn(passed, markers)
  // Whoever looks must be able to find: two programs that meet say in the clear how they will encrypt.
  const controls = markersIn(passed, [marker('/multistream/1.0.0', '/multistream/1.0.0'), marker('/noise', '/noise')])
  if (controls.length === 0) throw failed(text('the road was not recorded', 'la route n’a pas été enregistrée'))
  const ms = Math.round(performance.now() - begun)
  say(seenText(pieces))
  say(foundText({ looked: markers.map(({ what }) => what), found, controls, ms }))
  if (globals.json)
    shower.reply(
      reply({ delivered: lines.length, ...sizesOf(pieces), looked: markers.map(({ what }) => what), found, controls, ms }),
    )
  if (found.length > 0) throw failed(text(`in the clear: ${found.join(', ')}`, `en clair : ${found.join(', ')}`))
}

interface Introduced {
  readonly name: string
  readonly userId: string
  /** Of their node. */
  readonly peer: string
  readonly link: string
}

async function introduce(person: DemoPerson): Promise<Introduced> {
  const { name } = person
  await person.run('id.name', { name })
  const { userId } = await person.run<{ userId: string }>('id.show')
  const { link } = await person.run<{ link: string }>('invite.create', {})
  const { self: peer } = await person.run<{ self: string }>('net.info')
  return { name, userId, peer, link }
}

/** The guest dials the inviter past the one in the middle, then takes the invite: the link that stands is used. */
async function meet(inviter: DemoPerson, guest: DemoPerson, link: string): Promise<RecordingHop> {
  const { self, addresses } = await inviter.run<{ self: string; addresses: readonly string[] }>('net.info')
  const port = addresses.map((one) => /^\/ip4\/127\.0\.0\.1\/tcp\/(\d+)\/p2p\//.exec(one)?.[1]).find((one) => one !== undefined)
  if (port === undefined) throw failed(text('the network does not listen', 'le réseau n’écoute pas'))
  const hop = await openRecordingHop({ host: '127.0.0.1', port: Number(port) })
  await guest.run('net.connect', { peer: [`/ip4/127.0.0.1/tcp/${hop.port}/p2p/${self}`] })
  await guest.run('invite.accept', { invite: link })
  return hop
}

/** Nothing took another road. */
async function mustHavePassed(person: DemoPerson, passed: Buffer, lines: readonly string[]): Promise<void> {
  const { links } = await person.run<{ links: readonly unknown[] }>('net.info')
  if (links.length === 1 && passed.length > lines.join('').length) return
  throw failed(text('the conversation took another road', 'la conversation a pris une autre route'))
}

function identitiesOf({ name, userId, peer, link }: Introduced): Marker[] {
  // The signing key stands in the invite, behind its version.
  const key = Buffer.from(link.split('#')[1]!, 'base64url').subarray(1, 33)
  return [
    marker(name, name),
    marker(userId, userId),
    { what: `key ${key.toString('hex').slice(0, 16)}…`, bytes: key },
    marker(peer, peer),
  ]
}

const marker = (what: string, said: string): Marker => ({ what, bytes: Buffer.from(said) })

function sizesOf(pieces: readonly Piece[]) {
  const of = (wanted: Piece['way']) => pieces.filter(({ way }) => way === wanted).reduce((sum, { bytes }) => sum + bytes.length, 0)
  return { pieces: pieces.length, there: of('there'), back: of('back') }
}

function failed(why: Text): PalabreError {
  return new PalabreError('internal', text(`the demo failed: ${why.en}`, `la démonstration a échoué : ${why.fr}`))
}
