import type { Identity } from '@palabre/sdk/contract/identity'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { fakeClock, seededRandom, settled } from '@palabre/sdk/testkit'
import * as assert from 'uvu/assert'
import { watched } from '../../suite/watched-primitives.ts'
import { edges, type Edge, type Move, type Who } from './moves.ts'
import { startPlayer, type Player } from './player.ts'
import { judgeHeard } from './judging.ts'
import type { Shelf } from './shelf.ts'
import { createWire, type Frame } from './wire.ts'
import { createWitness, type Witness } from './witness.ts'

export interface GameSources {
  readonly identities: readonly Identity[]
  readonly primitives: Primitives
  readonly dice: number
  /** What each has kept when it begins. */
  readonly shelves: readonly Shelf[]
  /** How many texts they have said in games before. */
  readonly said: number
}

interface Copy {
  putBack(): void
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

export async function openGame({ identities, primitives, dice, shelves, ...before }: GameSources): Promise<Game> {
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
    players.push(await startPlayer(around, shelves[who]!))
  }
  const copies = players.map((): Copy[] => [])
  const underWay = new Set<Promise<unknown>>()
  /** How many texts were said, and how many when somebody was set back; what they had, and have no more. */
  let { said } = before
  const setBacks: { readonly who: Who; readonly said: number; calm: number }[] = []
  const lost = new Set<string>()

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
    await player(me).messenger.send(player(you).id, { text: `${me} to ${you}, ${said++}` })
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

  const heardBy = async (who: Who): Promise<string[]> => {
    const all = await Promise.all(edges.filter(([me]) => me === who).map((edge) => theirs(edge, false)))
    return all.flat().map(({ id }) => id)
  }

  async function setBack(who: Who, { putBack, shown }: Copy): Promise<void> {
    await advance(1)
    for (const id of await heardBy(who)) lost.add(id)
    await player(who).restart({
      crash: true,
      async meanwhile(shelf) {
        putBack()
        const kept = await shelf.open()
        witnesses[who]!.setBack(shown, await kept.outbox())
        kept.close()
      },
    })
    for (const id of await heardBy(who)) lost.delete(id)
    setBacks.push({ who, said, calm: Infinity })
  }

  async function forget([me, you]: Edge): Promise<void> {
    await advance(1)
    await player(me).restart({
      crash: true,
      async meanwhile(shelf) {
        const kept = await shelf.open()
        await kept.commit([{ do: 'remove', kind: 'session', key: player(you).id }])
        kept.close()
      },
    })
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
          putBack: player(move.who).shelf.copy(),
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
      if (await isCalm()) {
        for (const one of setBacks) one.calm = Math.min(one.calm, said)
        return
      }
      await advance(round < 20 ? 5 : 30)
    }
    const waiting = await Promise.all(players.map(({ messenger }) => messenger.pending()))
    assert.unreachable(
      `honest traffic does not recover: ${JSON.stringify(waiting.map((one) => one.map(({ why, ...rest }) => ({ ...rest, why: why.en }))))}`,
    )
  }

  const isWithoutGap = async ([me, you]: Edge) => {
    const history = await player(me).messenger.history(player(you).id, { limit: 500 })
    const gaps = history.filter(({ kind, text }) => kind === 'notice' && text.startsWith('gap/'))
    assert.is(gaps.length, 0, `${me} waited in vain for something of ${you}`)
  }

  async function judge(): Promise<void> {
    told()
    for (const edge of edges) {
      const [me, you] = edge
      const [mine, heard] = [await theirs(edge, true), await theirs([you, me] as Edge, false)]
      const setBack = setBacks.findLast(({ who }) => who === me || who === you)
      judgeHeard({ edge, mine, theirs: heard, setBack, lost })
      if (setBack === undefined) await isWithoutGap([you, me] as Edge)
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
