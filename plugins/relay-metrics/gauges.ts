import type { Commands } from '@palabre/sdk/contract/command'
import type { Network } from '@palabre/sdk/contract/network'

/** A number with a name. None has a label: what could tell one user from another has no place here. */
export interface Gauge {
  readonly name: string
  readonly help: string
  readonly value: number
}

/** What this relay can count of itself now. What a part that is off or ill would tell is left out. */
export function createGauges(commands: Commands, network: Network): () => Promise<readonly Gauge[]> {
  return async () => [
    { name: 'palabre_links', help: 'Peers that are linked now.', value: network.links().length },
    ...(await mailboxGauges(commands)),
    { name: 'process_resident_memory_bytes', help: 'Memory of this process.', value: process.memoryUsage.rss() },
    { name: 'process_cpu_seconds_total', help: 'Processor time of this process.', value: cpuSeconds() },
    { name: 'process_uptime_seconds', help: 'Since this process began.', value: Math.floor(process.uptime()) },
  ]
}

async function mailboxGauges(commands: Commands): Promise<Gauge[]> {
  try {
    const { data } = await commands.run('mailbox.counts')
    const { queues, blocks } = data as { readonly queues: number; readonly blocks: number }
    return [
      { name: 'palabre_mailbox_up', help: 'One while the mailbox answers.', value: 1 },
      { name: 'palabre_mailbox_queues', help: 'Queues that are kept.', value: queues },
      { name: 'palabre_mailbox_blocks', help: 'Blocks that wait to be collected.', value: blocks },
    ]
  } catch {
    return [{ name: 'palabre_mailbox_up', help: 'One while the mailbox answers.', value: 0 }]
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
