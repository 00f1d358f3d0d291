import { plural, text } from '@palabre/sdk'
import { reply, type Commands, type Reply } from '@palabre/sdk/contract/command'
import type { Network } from '@palabre/sdk/contract/network'
import type { Plugins } from '@palabre/sdk/contract/plugins'
import { faults } from './faults.ts'
import { mailboxOf } from './own-link.ts'

/** Fails with the first thing that keeps this relay from serving: a plugin, the network, or the database of its mailbox. */
export async function tellHealth(plugins: Plugins, commands: Commands, network: Network | undefined): Promise<Reply> {
  if (mailboxOf(plugins) === undefined) throw faults.noRelay()
  const broken = plugins.list().find(({ state }) => ['failed', 'quarantined', 'blocked'].includes(state))
  if (broken !== undefined) throw faults.notRunning(broken.id, broken.reason)
  const addresses = network?.addresses() ?? []
  if (network === undefined || addresses.length === 0) throw faults.nowhere()
  const { data, text: kept } = (await commands.run('mailbox.counts')) as Required<Reply>
  const { queues, blocks } = data as { readonly queues: number; readonly blocks: number }
  const links = network.links().length
  const ofLinks = plural(links, { en: { one: '# link', other: '# links' }, fr: { one: '# lien', other: '# liens' } })
  return reply(
    { healthy: true, addresses: addresses.length, links, queues, blocks },
    text(`This relay serves: ${ofLinks.en}, ${kept.en}.`, `Ce relais rend service : ${ofLinks.fr}, ${kept.fr}.`),
  )
}
