import { readInviteLink } from '@palabre/sdk/contract/invite-wire'
import { encodeBody } from '@palabre/messenger-pipeline/body'
import { encodeContent } from '@palabre/messenger-pipeline/content'
import { definePlugin, optional, toBase64Url } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { Identity } from '@palabre/sdk/contract/identity'
import type { Link } from '@palabre/sdk/contract/link'
import { Network } from '@palabre/sdk/contract/network'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { Suite } from '@palabre/sdk/contract/suite'
import { createRatchetSuite } from '@palabre/suite-ratchet/ratchet-suite'

const answers: Readonly<Record<number, string>> = { 2: 'taken', 3: 'refused' }

/** The suite of the house under another name and said to be weaker; and a first message in it, by a node with no messenger. */
export const plugin = definePlugin({
  needs: { identity: Identity, primitives: Primitives, clock: Clock, network: optional(Network) },
  provides: { suite: Suite },
  start({ network, ...parts }, scope) {
    const { primitives } = parts
    const suite: Suite = { ...createRatchetSuite(parts), name: 'weak', strength: 1 }
    scope.command<{ invite: string }>('whisper', async ({ invite }, { signal }) => {
      const { key, id, offers, hints } = readInviteLink(invite)!.body
      const { offer } = offers.find((one) => one.suite === suite.name)!
      const card = { name: 'Bob', hints: {}, offer: toBase64Url(offer) }
      const content = encodeContent({ kind: 'hello', invite: id, card })
      const body = encodeBody({ proof: primitives.randomBytes(16), epoch: 0, number: 0, part: 0, parts: 1, content })
      const { sealed } = suite.seal(suite.begin(offer, key), body)
      const envelope = Uint8Array.from([1, 1, ...primitives.randomBytes(16), ...sealed])
      const link = await network.current!.dial((hints['link'] as { addresses: string[] }).addresses)
      const answered = answerOn(link)
      // Again and again, as a messenger does: two who dial each other keep one of their links, and what went over the other one is lost.
      for (;;) {
        await link.send(envelope)
        const answer = await Promise.race([answered, parts.clock.sleep(2_000, signal)])
        if (answer !== undefined) return reply({ answer })
      }
    })
    return { suite }
  },
})

/** What else they send is for the messenger that is not here. */
async function answerOn(link: Link): Promise<string> {
  for await (const [kind] of link.frames) if (answers[kind!] !== undefined) return answers[kind!]!
  return 'none'
}
