import { text } from '@palabre/sdk'
import { reply, type Reply } from '@palabre/sdk/contract/command'
import type { Plugins } from '@palabre/sdk/contract/plugins'
import { readRelayLink, relayLink, type RelayPlace } from '@palabre/sdk/contract/relay-link'
import { faults } from './faults.ts'

/** The relays in the settings of the one plugin that uses them. */
export interface ChosenRelays {
  add(link: string): Promise<Reply>
  remove(said: string): Promise<Reply>
  list(): Reply
}

const client = 'mailbox-client'
const most = 4
const rooms = 'signal-room'
const mostServers = 3

export function createChosenRelays(plugins: Plugins): ChosenRelays {
  const chosen = (): RelayPlace[] => {
    const { mailboxes = [] } = plugins.why(client).plugin.config as { readonly mailboxes?: readonly string[] }
    return mailboxes.map(readRelayLink).filter((one) => one !== undefined)
  }
  const servers = (): readonly string[] =>
    (plugins.why(rooms).plugin.config as { readonly servers?: readonly string[] }).servers ?? []
  /** Those of a relay come and go with it; what the person has set beside them stays. */
  const keepServers = async (all: readonly string[]) => {
    const wanted = [...new Set(all)].slice(0, mostServers)
    if (wanted.join() !== servers().join()) await plugins.configure(rooms, { servers: wanted })
  }
  const keep = (relays: readonly RelayPlace[]) => plugins.configure(client, { mailboxes: relays.map(relayLink) })

  return {
    async add(link) {
      const relay = readRelayLink(link)
      if (relay === undefined) throw faults.noLink()
      const others = chosen().filter(({ peer }) => peer !== relay.peer)
      if (others.length >= most) throw faults.tooMany(most)
      await keep([...others, relay])
      await keepServers([...servers(), ...(relay.signals ?? [])])
      return reply({ peer: relay.peer, addresses: relay.addresses, relays: others.length + 1 }, added(relay))
    },
    async remove(said) {
      const peer = readRelayLink(said)?.peer ?? said
      const all = chosen()
      const gone = all.filter((one) => peer.length >= 4 && (one.peer.startsWith(peer) || one.peer.endsWith(peer)))
      if (gone.length !== 1) throw faults.notThere(said)
      await keep(all.filter((one) => one !== gone[0]))
      await keepServers(servers().filter((one) => gone[0]!.signals?.includes(one) !== true))
      return reply({ peer: gone[0]!.peer }, removed)
    },
    list() {
      const all = chosen()
      const rows = all.map(({ peer, addresses }) => `${peer}  ${addresses.join(' ')}`).join('\n')
      return reply(all, all.length === 0 ? none : text(rows, rows))
    },
  }
}

const added = ({ peer }: RelayPlace) =>
  text(
    `The relay ${peer} keeps messages for you while you are away. Your contacts learn of it by themselves.\nIt sees your address and when you are there, never who you are nor what is said.`,
    `Le relais ${peer} garde vos messages pendant votre absence. Vos contacts l’apprennent d’eux-mêmes.\nIl voit votre adresse et quand vous êtes là, jamais qui vous êtes ni ce qui se dit.`,
  )

const removed = text(
  'Your contacts will be told. What lies there is still collected for four weeks.',
  'Vos contacts en seront informés. Ce qui s’y trouve est encore relevé pendant quatre semaines.',
)

const none = text(
  'No relay keeps messages for you. Add one with: palabre relay add LINK',
  'Aucun relais ne garde vos messages. Ajoutez-en un par : palabre relay add LIEN',
)
