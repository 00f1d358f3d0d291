import { isPalabreError } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import { reply, type CommandContext, type Reply } from '@palabre/sdk/contract/command'
import type { Ice, IceChannel } from '@palabre/sdk/contract/ice'
import type { ByHandEvent } from './events.ts'
import { answerBeside, readDescription, refuseOld, writeDescription } from './exchange.ts'
import { byHandText } from './tell.ts'

export interface ByHandArgs {
  readonly role: 'initiator' | 'responder'
  /** The file of the offer; the answer lies beside it. */
  readonly peer: string
  readonly count: number
  readonly patience: number
}

/** Two people and two files, with nobody between them: what every other way to connect does for us, by hand. */
export async function* meetByHand(ice: Ice, clock: Clock, args: ByHandArgs, { signal }: CommandContext): AsyncGenerator<Reply> {
  const [offerFile, answerFile] = [args.peer, answerBeside(args.peer)]
  const read = (file: string, type: 'offer' | 'answer') => readDescription(file, type, clock, args.patience, signal)
  if (args.role === 'initiator') {
    await refuseOld(answerFile)
    using offer = await ice.offer({ signal })
    await writeDescription(offerFile, { type: 'offer', sdp: offer.description })
    yield told({ event: 'written', what: 'offer', file: offerFile })
    yield told({ event: 'waiting', file: answerFile })
    const { sdp } = await read(answerFile, 'answer')
    yield told({ event: 'read', what: 'answer', file: answerFile })
    using channel = await offer.accept(sdp, { signal })
    yield* pings(channel, clock, args.count, signal)
    return
  }
  yield told({ event: 'waiting', file: offerFile })
  const { sdp } = await read(offerFile, 'offer')
  yield told({ event: 'read', what: 'offer', file: offerFile })
  using answer = await ice.answer(sdp, { signal })
  await writeDescription(answerFile, { type: 'answer', sdp: answer.description })
  yield told({ event: 'written', what: 'answer', file: answerFile })
  using channel = await answer.channel({ signal: AbortSignal.any([signal, AbortSignal.timeout(args.patience * 1000)]) })
  // Who offered ends it.
  try {
    yield* pings(channel, clock, Number.MAX_SAFE_INTEGER, signal)
  } catch (error) {
    if (!isPalabreError(error) || error.code !== 'closed') throw error
  }
}

async function* pings(channel: IceChannel, clock: Clock, count: number, signal: AbortSignal): AsyncGenerator<Reply> {
  yield told({ event: 'open', local: channel.pair?.local ?? null, remote: channel.pair?.remote ?? null })
  for (let seq = 1; seq <= count; seq++) {
    const rtt = await channel.rtt({ signal })
    yield told({ event: 'ping', seq, rtt_ms: Math.round(rtt * 1000) / 1000 })
    await clock.sleep(200, signal)
  }
}

const told = (event: ByHandEvent): Reply => reply(event, byHandText(event))
