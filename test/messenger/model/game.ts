import type { Identity } from '@palabre/sdk/contract/identity'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { fakeClock, seededRandom, settled } from '@palabre/sdk/testkit'
import type { MemoryTables } from '@palabre/store-memory/memory-tables'
import * as assert from 'uvu/assert'
import { watched } from '../../suite/watched-primitives.ts'
import { edges, type Edge, type Move, type Who } from './moves.ts'
import { startPlayer, type Player } from './player.ts'
import { createWire, type Frame } from './wire.ts'
import { createWitness, type Witness } from './witness.ts'

export interface GameSources {
  readonly identities: readonly Identity[]
  readonly primitives: Primitives
  readonly dice: number
  /** What each has kept when it begins. */
  readonly tables: readonly MemoryTables[]
}

interface Copy {
  readonly tables: MemoryTables
  readonly shown: ReadonlySet<string>
}

/** Three people, their programs and everything between them, one move after the other. */
export interface Game extends AsyncDisposable {
  readonly players: readonly Player[]
  play(move: Move): Promise<void>
  /** Everything arrives from now on, until nothing waits for anything. */
  calm(): Promise<void>
  say(edge: Edge): Promise<void>
  judge(): Promise<void>
}

export async function openGame({ identities, primitives, dice, tables }: GameSources): Promise<Game> {
  const clock = fakeClock()
  const rolled = diced(watched(primitives, new Set()), dice)
  const wire = createWire((contact) => identities.findIndex(({ userId }) => userId === contact) as Who)
  const witnesses: readonly Witness[] = identities.map((_one, me): Witness =>
    createWitness(() => witnesses.filter((_other, who) => who !== me)),
  )
  const players: Player[] = []
  for (const [who, identity] of identities.entries()) {
    const { committed, shown } = witnesses[who]!
    const around = { who: who as Who, identity, primitives: rolled, clock, wire, committed, shown }
    players.push(await startPlayer(around, structuredClone(tables[who]!)))
  }
  const copies = players.map((): Copy[] => [])
  const underWay = new Set<Promise<unknown>>()
  /** When each text was said, and by whom; when somebody was set back. */
  const said: { readonly text: string; readonly edge: Edge }[] = []
  const setBacks: { readonly who: Who; readonly said: number }[] = []

  const player = (who: Who) => players[who]!
  const lies: unknown[] = []

  /** What fails because a program died, or a person asks for what cannot be, is no fault; what a witness says is. */
  const tried = async (work: Promise<unknown>) => {
    const tracked = work.catch((error: unknown) => {
      if (error instanceof assert.Assertion) lies.push(error)
    })
    underWay.add(tracked)
    await tracked
    underWay.delete(tracked)
  }
  const run = (work: Promise<unknown>, hasty: boolean) => (hasty ? void tried(work) : tried(work))

  async function deliver(frame: Frame, named: boolean): Promise<void> {
    const { intake } = player(frame.to)
    if (intake === undefined) return
    if (frame.kind === 'taken') return intake.acknowledged(frame.id, frame.proof)
    if (frame.kind === 'refused') return intake.refused(frame.id, { en: 'it does not open', fr: 'cela ne s’ouvre pas' })
    const from = { route: 'wire', contact: named ? player(frame.from).id : undefined }
    const taken = await intake.receive({ id: frame.id, sealed: frame.sealed }, from)
    const back = { from: frame.to, to: frame.from }
    if (taken === undefined) wire.frames.push({ ...back, kind: 'refused', id: frame.id })
    else wire.frames.push(...taken.map(({ envelope, proof }) => ({ ...back, kind: 'taken' as const, id: envelope, proof })))
  }

  async function say(edge: Edge): Promise<void> {
    const [me, you] = edge
    const text = `${me} to ${you}, ${said.length}`
    said.push({ text, edge })
    await player(me).messenger.send(player(you).id, { text })
  }

  const theirs = async ([me, you]: Edge, mine: boolean): Promise<StoredMessage[]> => {
    const all = await player(me).messenger.history(player(you).id, { limit: 500 })
    return all.filter((one) => one.kind === 'text' && one.mine === mine)
  }

  async function change(kind: 'edit' | 'delete' | 'react' | 'read' | 'withdraw', edge: Edge, which: number): Promise<void> {
    const [me, you] = edge
    const { messenger } = player(me)
    const all = await theirs(edge, kind === 'edit' || kind === 'delete' || kind === 'withdraw')
    const one = all[which % all.length]
    if (one === undefined) return
    if (kind === 'edit') await messenger.edit(one.id, `${one.text.split(' (')[0]} (edited ${which})`)
    else if (kind === 'delete') await messenger.deleteForAll(one.id)
    else if (kind === 'react') await messenger.react(one.id, which % 3 === 0 ? undefined : `${which}`)
    else if (kind === 'read') await messenger.markRead(player(you).id, one.id)
    else await messenger.withdraw(one.id)
  }

  async function advance(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= 5) {
      const ms = Math.min(left, 5) * 1000
      await clock.advance(ms)
      for (const one of players) await one.advance(ms)
    }
  }

  async function setBack(who: Who, { tables: before, shown }: Copy): Promise<void> {
    await advance(1)
    witnesses[who]!.setBack(shown, before.outbox.values())
    await player(who).restart({ crash: true, tables: before })
    setBacks.push({ who, said: said.length })
  }

  async function forget([me, you]: Edge): Promise<void> {
    await advance(1)
    const before = structuredClone(player(me).tables)
    before.records.get('session')?.delete(player(you).id)
    await player(me).restart({ crash: true, tables: before })
  }

  async function join([me, you]: Edge): Promise<void> {
    wire.join(me, you)
    for (const [one, other] of [
      [me, you],
      [you, me],
    ] as const)
      player(one).intake?.reachable(player(other).id)
  }

  const nextFrame = (which: number, remove: boolean): Frame | undefined => {
    if (wire.frames.length === 0) return undefined
    const at = which % wire.frames.length
    return remove ? wire.frames.splice(at, 1)[0] : wire.frames[at]
  }

  async function make(move: Move): Promise<void> {
    switch (move.do) {
      case 'say':
        return run(say(move.edge), move.hasty)
      case 'edit':
      case 'delete':
      case 'react':
      case 'read':
      case 'withdraw':
        return run(change(move.do, move.edge, move.which), false)
      case 'deliver':
      case 'twice': {
        const frame = nextFrame(move.which, move.do === 'deliver')
        return frame && run(deliver(frame, 'named' in move ? move.named : true), 'hasty' in move && move.hasty)
      }
      case 'drop':
        return void nextFrame(move.which, true)
      case 'corrupt': {
        const frame = nextFrame(move.which, false)
        return frame && run(deliver(bent(frame, move.which), true), false)
      }
      case 'crash':
      case 'restart':
        return player(move.who).restart({ crash: move.do === 'crash' })
      case 'copy':
        return void copies[move.who]!.push({
          tables: structuredClone(player(move.who).tables),
          shown: witnesses[move.who]!.copy(),
        })
      case 'back': {
        const mine = copies[move.who]!
        return mine.length === 0 ? undefined : setBack(move.who, mine[move.which % mine.length]!)
      }
      case 'forget':
        return forget(move.edge)
      case 'cut':
        return wire.cut(move.edge[0], move.edge[1])
      case 'join':
        return join(move.edge)
      case 'wait':
        return advance(move.seconds)
    }
  }

  const told = () => {
    if (lies.length > 0) throw lies[0] as Error
  }

  const isCalm = async () => {
    const waiting = await Promise.all(players.map(({ messenger }) => messenger.pending()))
    return wire.frames.length === 0 && waiting.flat().length === 0
  }

  async function calm(): Promise<void> {
    for (const edge of edges) await join(edge)
    for (let round = 0; round < 150; round++) {
      await Promise.all(underWay)
      for (let frame = wire.frames.shift(); frame !== undefined; frame = wire.frames.shift()) await tried(deliver(frame, true))
      await settled()
      told()
      if (await isCalm()) return
      await advance(round < 20 ? 5 : 30)
    }
    const waiting = await Promise.all(players.map(({ messenger }) => messenger.pending()))
    assert.unreachable(
      `honest traffic does not recover: ${JSON.stringify(waiting.map((one) => one.map(({ why, ...rest }) => ({ ...rest, why: why.en }))))}`,
    )
  }

  const wasSetBack = ([me, you]: Edge, since = 0) => setBacks.some(({ who, said: at }) => (who === me || who === you) && at > since)

  const isWithoutGap = async ([me, you]: Edge) => {
    const history = await player(me).messenger.history(player(you).id, { limit: 500 })
    const gaps = history.filter(({ kind, text }) => kind === 'notice' && text.startsWith('gap/'))
    assert.is(gaps.length, 0, `${me} waited in vain for something of ${you}`)
  }

  /** What one has of the other is what the other wrote, in that order, in that state. */
  async function judge(): Promise<void> {
    told()
    for (const edge of edges) {
      const [me, you] = edge
      const [all, others] = [await theirs(edge, true), await theirs([you, me] as Edge, false)]
      const isThere = new Set(others.map(({ id }) => id))
      assert.is(isThere.size, others.length)
      // What was taken back may have been on its way; what was deleted before it left has nowhere to arrive.
      const takenBack = new Set(all.filter(({ state }) => state === 'failed').map(({ id }) => id))
      const sent = all.filter(({ id, deletedAt }) => !takenBack.has(id) && (deletedAt === undefined || isThere.has(id)))
      const come = others.filter(({ id }) => !takenBack.has(id))
      if (wasSetBack(edge)) continue
      await isWithoutGap([you, me] as Edge)
      const told = (messages: readonly StoredMessage[]) =>
        messages.map(
          ({ text, deletedAt, reactions }) => `${deletedAt === undefined ? text : 'deleted'} ${JSON.stringify(reactions)}`,
        )
      assert.is(
        told(come).join('\n'),
        told(sent).join('\n'),
        `what ${you} has of ${me}:\n${told(come).join('\n')}\nand not\n${told(sent).join('\n')}`,
      )
      const untrue = sent.filter(({ state, deletedAt }) => state !== 'delivered' && state !== 'read' && deletedAt === undefined)
      const words = untrue.map(({ text, state }) => `${text} is ${state}`).join()
      assert.is(words, '', words)
    }
  }

  return {
    players,
    async play(move) {
      await make(move)
      told()
    },
    calm,
    say,
    judge,
    async [Symbol.asyncDispose]() {
      for (const one of players) await one[Symbol.asyncDispose]()
      await Promise.all(underWay)
    },
  }
}

function bent(frame: Frame, which: number): Frame {
  const flip = <T extends Uint8Array>(bytes: T) =>
    bytes.map((byte, at) => (at === (which * 7919) % bytes.length ? byte ^ 4 : byte)) as T
  if (frame.kind === 'envelope') return { ...frame, sealed: flip(frame.sealed) }
  return frame.kind === 'taken' ? { ...frame, proof: flip(frame.proof) } : frame
}

/** The same primitives, with everything random out of one seed. */
function diced(primitives: Primitives, seed: number): Primitives {
  const random = seededRandom(seed)
  const { x25519, mlKem768 } = primitives
  return {
    ...primitives,
    randomBytes: (length) => random.bytes(length),
    x25519: { ...x25519, generate: (secret = random.bytes(32)) => x25519.generate(secret) },
    mlKem768: {
      ...mlKem768,
      generate: (given = random.bytes(64)) => mlKem768.generate(given),
      encapsulate: (key, given = random.bytes(32)) => mlKem768.encapsulate(key, given),
    },
  }
}
