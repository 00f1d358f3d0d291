import type { Clock } from '@palabre/sdk/contract/clock'
import { reply, type Reply } from '@palabre/sdk/contract/command'
import type { Link, LinkState, Path } from '@palabre/sdk/contract/link'
import type { Network } from '@palabre/sdk/contract/network'
import { createRow } from './row.ts'

/** What a talking process says, one a line; `at` in milliseconds of the machine's clock, which all in a lab share. */
export type TalkEvent =
  | { readonly kind: 'ready'; readonly at: number; readonly self: string; readonly addresses: readonly string[] }
  | { readonly kind: 'heard'; readonly at: number; readonly number: number; readonly peer: string }
  | { readonly kind: 'linked'; readonly at: number; readonly after: number; readonly path: Path }
  | { readonly kind: 'changed'; readonly at: number; readonly state: LinkState; readonly path: Path }
  | { readonly kind: 'sent'; readonly at: number; readonly number: number }
  | { readonly kind: 'ended'; readonly at: number; readonly lost: number }

export async function* listen(network: Network, signal: AbortSignal): AsyncGenerator<Reply> {
  const row = createRow<TalkEvent>(signal)
  const hear = async (link: Link) => {
    for await (const frame of link.frames)
      row.push({ kind: 'heard', at: Date.now(), number: Number(new TextDecoder().decode(frame)), peer: link.peer })
  }
  const ready = () => row.push({ kind: 'ready', at: Date.now(), self: network.self, addresses: network.addresses() })
  using _watching = network.watch((event) => {
    if (event.kind === 'addresses-changed') ready()
    if (event.kind === 'link-opened') hear(event.link).catch(() => undefined)
  })
  await network.ready()
  ready()
  for await (const event of row) yield reply(event)
}

/** Goes on until interrupted; then waits until everything arrived, and tells. */
export async function* tell(
  network: Network,
  clock: Clock,
  args: { peer: readonly string[]; every: number },
  signal: AbortSignal,
): AsyncGenerator<Reply> {
  await network.ready()
  const begun = performance.now()
  const link = await network.dial(args.peer, { signal })
  yield reply({ kind: 'linked', at: Date.now(), after: performance.now() - begun, path: link.path } satisfies TalkEvent)
  const row = createRow<TalkEvent>(signal)
  using _watching = link.watch(({ state, path }) => row.push({ kind: 'changed', at: Date.now(), state, path }))
  const talking = (async () => {
    for (let number = 1; !signal.aborted; number++) {
      await link.send(new TextEncoder().encode(String(number)), { signal })
      row.push({ kind: 'sent', at: Date.now(), number })
      await clock.sleep(args.every, signal)
    }
  })().catch(() => undefined)
  for await (const event of row) yield reply(event)
  await talking
}
