import { PalabreError, text } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import { reply, type CommandContext, type Reply } from '@palabre/sdk/contract/command'
import type { Link, Path } from '@palabre/sdk/contract/link'
import type { Network } from '@palabre/sdk/contract/network'
import type { NatTestEvent, Via } from './events.ts'
import { natTestText } from './tell.ts'

export interface NatTestArgs {
  /** Without it we wait to be dialled. */
  readonly peer?: readonly string[]
  readonly count: number
  readonly interval: number
  /** Seconds that a relayed link is given to become direct, and that somebody is waited for. */
  readonly patience: number
}

/** Links a peer, or waits for one, and tells how the path fares: relayed first perhaps, direct then. Asks nothing of the person. */
export async function* natTest(
  network: Network,
  clock: Clock,
  args: NatTestArgs,
  { signal }: CommandContext,
): AsyncGenerator<Reply> {
  await network.ready()
  yield told({ event: 'started', name: network.self, mode: args.peer === undefined ? 'responder' : 'initiator' })
  const begun = clock.monotonic()
  const link = args.peer === undefined ? await guest(network, args.patience, signal) : await network.dial(args.peer, { signal })
  const linked = clock.monotonic()

  let directAfter = via(link.path) === 'direct' ? linked - begun : undefined
  let changes = 1
  let stir: (() => void) | undefined
  using _watching = link.watch(({ state, path }) => {
    if (state === 'up' && via(path) === 'direct') directAfter ??= clock.monotonic() - begun
    changes++
    stir?.()
  })

  const pings: { readonly via: Via; readonly rtt: number }[] = []
  let punched = false
  for (let seq = 1, toldChanges = 0; ; seq++) {
    const rtt = milliseconds(await link.rtt({ signal }))
    const way = via(link.path)
    if (toldChanges !== changes) yield told({ event: 'path_change', selected: way, rtt_ms: rtt })
    toldChanges = changes
    if (directAfter !== undefined && !punched)
      yield told({ event: 'hole_punch', success: true, time_to_direct_s: seconds(directAfter) })
    punched ||= directAfter !== undefined
    pings.push({ via: way, rtt })
    yield told({ event: 'ping', seq, rtt_ms: rtt, via: way })
    if (seq >= args.count && (punched || clock.monotonic() - linked >= args.patience * 1000)) break
    await pause()
  }
  if (!punched) yield told({ event: 'hole_punch', success: false, time_to_direct_s: null })
  yield told(summary(pings))

  /** Until the next ping is due, or the path changes. */
  async function pause(): Promise<void> {
    const change = new AbortController()
    stir = () => change.abort()
    await clock.sleep(args.interval, AbortSignal.any([signal, change.signal])).catch(() => signal.throwIfAborted())
    stir = undefined
  }
}

function summary(pings: readonly { readonly via: Via; readonly rtt: number }[]): NatTestEvent {
  const direct = pings.filter((one) => one.via === 'direct')
  const sum = direct.reduce((all, { rtt }) => all + rtt, 0)
  return {
    event: 'summary',
    direct_pings: direct.length,
    relay_pings: pings.length - direct.length,
    direct_pct: Math.round((1000 * direct.length) / pings.length) / 10,
    avg_rtt_direct_ms: direct.length === 0 ? null : milliseconds(sum / direct.length),
  }
}

/** The link that is there, or the first to come. */
async function guest(network: Network, patience: number, signal: AbortSignal): Promise<Link> {
  const over = AbortSignal.timeout(patience * 1000)
  const arrival = Promise.withResolvers<Link>()
  using _watching = network.watch((event) => {
    if (event.kind === 'link-opened') arrival.resolve(event.link)
  })
  const [there] = network.links()
  if (there !== undefined) return there
  const quit = () => arrival.reject(signal.aborted ? signal.reason : nobodyCame(patience))
  const either = AbortSignal.any([signal, over])
  either.addEventListener('abort', quit, { once: true })
  try {
    return await arrival.promise
  } finally {
    either.removeEventListener('abort', quit)
  }
}

function nobodyCame(patience: number): PalabreError {
  return new PalabreError(
    'timed-out',
    text(`nobody linked us within ${patience} s`, `personne ne nous a contactés en ${patience} s`),
    {
      todo: text(
        'Name a peer with --peer, or wait longer with --patience.',
        'Nommez un pair avec --peer, ou attendez plus longtemps avec --patience.',
      ),
    },
  )
}

const via = ({ kind }: Path): Via => (kind === 'direct' || kind === 'lan' ? 'direct' : 'relay')
const told = (event: NatTestEvent): Reply => reply(event, natTestText(event))
const milliseconds = (ms: number) => Math.round(ms * 1000) / 1000
const seconds = (ms: number) => Math.round(ms) / 1000
