import * as assert from 'uvu/assert'
import { lawWith, type Law } from './law.ts'
import { dialLimit, failure, openLink } from './transport-ends.ts'
import type { TransportSubject } from './transport-subject.ts'

/** How calls end that lead nowhere, and what a transport takes along when it goes. */
export const callLaws: readonly Law<TransportSubject>[] = [
  lawWith('where nobody listens, a call fails with its code and in time', async ({ here, nobody }) => {
    const begun = performance.now()
    const { code } = await failure(here.dial(nobody.address))
    assert.ok(nobody.codes.includes(code), `${code}, not ${nobody.codes.join(' or ')}`)
    assert.ok(performance.now() - begun < dialLimit)
    assert.equal(here.links(), [])
  }),
  lawWith('where somebody else listens, a call fails and says so', async ({ here, there, nobody, leadsById = false }) => {
    const stranger = '12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5'
    const addresses = there.addresses().map((address) => address.replace(/\/p2p\/[^/]+$/, `/p2p/${stranger}`))
    const { code } = await failure(here.dial(addresses))
    const honest = leadsById ? nobody.codes : ['peer-unknown']
    assert.ok(honest.includes(code), code)
    assert.equal([here.links(), there.links()], [[], []])
  }),
  lawWith('a call that is cancelled ends at once, before it began or on its way', async ({ here, there, silent }) => {
    assert.is((await failure(here.dial(there.addresses(), { signal: AbortSignal.abort() }))).code, 'cancelled')
    if (silent === undefined) return
    const begun = performance.now()
    const controller = new AbortController()
    const calling = failure(here.dial(silent, { signal: controller.signal }))
    setTimeout(() => controller.abort(), 10)
    assert.is((await calling).code, 'cancelled')
    assert.ok(performance.now() - begun < 5_000)
  }),
  lawWith('switched off it takes its links along and answers nobody; switched on again it answers', async (subject) => {
    const { near, far } = await openLink(subject)
    const addresses = subject.there.addresses()
    await subject.off()
    const ended = await Promise.all([near.closed, far.closed])
    assert.equal(
      ended.map(({ orderly }) => orderly),
      [true, true],
    )
    assert.equal(subject.there.addresses(), [])
    const refused = await failure(subject.here.dial(addresses))
    assert.ok(subject.nobody.codes.includes(refused.code), refused.code)
    await subject.on()
    await subject.there.ready()
    const again = await openLink(subject)
    assert.is(again.near.path.transport, subject.transport)
  }),
]
