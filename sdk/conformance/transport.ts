import * as assert from 'uvu/assert'
import { watchHandles } from '../testkit/leak-watch.ts'
import { lawWith, type Law } from './law.ts'
import { callLaws } from './transport-call-laws.ts'
import { dialLimit, failure, openLink } from './transport-ends.ts'
import { linkLaws } from './transport-link-laws.ts'
import { streamLaws } from './transport-stream-laws.ts'
import type { TransportSubject } from './transport-subject.ts'

/**
 * Two networks that share one transport and nothing else. The laws look at what the rest of the house sees of it: links, and streams
 * of bytes beside them.
 *
 * A transport that two nodes on one machine can use by themselves runs them with `pairOver` of `./transport-pair.ts`:
 *
 *   proveAll(test, transportLaws, pairOver({ plugins, plugin: 'transport-tcp', config, nobody }))
 *
 * One that needs a third party (a relay) opens its own subject. `transportLawsAtLength` go on for half a minute each: run them from a
 * file of their own whose first line is "// slow".
 */
export const transportLaws: readonly Law<TransportSubject>[] = [...linkLaws, ...streamLaws, ...callLaws]

export const transportLawsAtLength: readonly Law<TransportSubject>[] = [
  lawWith('1,000 links opened and closed one after the other leave nothing open', async (subject) => {
    await openAndClose(subject)
    const left = watchHandles()
    for (let n = 1; n < 1_000; n++) await openAndClose(subject)
    assert.equal([subject.here.links(), subject.there.links()], [[], []])
    assert.equal(await left(), [])
  }),
  lawWith('who takes a call and says nothing is given up in time', async ({ here, silent }) => {
    if (silent === undefined) return
    const begun = performance.now()
    const { code } = await failure(here.dial(silent))
    assert.ok(code === 'timed-out' || code === 'unreachable', code)
    assert.ok(performance.now() - begun < dialLimit)
  }),
]

async function openAndClose(subject: TransportSubject): Promise<void> {
  const { near, far } = await openLink(subject)
  await Promise.all([near.close(), far.closed])
}
