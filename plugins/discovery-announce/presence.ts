import { gossipsub, StrictSign, TopicValidatorResult, type GossipSub, type GossipSubComponents } from '@libp2p/gossipsub'
import { start, stop } from '@libp2p/interface'
import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { messageOf } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import { foundBy, type DiscoveringNode, type Discovery } from '@palabre/sdk/contract/discovery'
import type { Log } from '@palabre/sdk/contract/log'
import { encodeEvent, topic } from './event.ts'
import { createHearing, type Hearing } from './hearing.ts'
import { limits } from './limits.ts'

export interface PresenceSettings {
  readonly announce: boolean
  /** Seconds. */
  readonly every: number
  readonly reach: 'wide' | 'local'
}

export interface PresenceOptions extends PresenceSettings {
  readonly clock: Clock
  readonly log: Log
}

/** Gossip of presence and nothing else: who is there, and where. Messages never travel this way. */
export function presence({ announce, every, reach, clock, log }: PresenceOptions): Discovery {
  let stopped = -Infinity
  return {
    name: 'announce',
    find: (node) =>
      foundBy(node, async (tell) => {
        await clock.sleep(Math.max(0, stopped + limits.rest - clock.monotonic()), node.signal).catch(() => undefined)
        const gossip = makeGossip(node)
        const hearing = createHearing(clock)
        const speaker = createSpeaker(gossip, node, hearing)
        gossip.topicValidators.set(topic, (neighbour, message) => {
          if (message.type !== 'signed') return TopicValidatorResult.Reject
          const peer = message.from.toString()
          const heard = hearing.hear(neighbour.toString(), peer, message.data)
          if (heard === 'refuse') return TopicValidatorResult.Reject
          if (heard === 'ignore') return TopicValidatorResult.Ignore
          if (heard.asks) speaker.answer()
          tell({ peer, addresses: heard.addresses.filter(isTellable) })
          return TopicValidatorResult.Accept
        })
        const over = new AbortController()
        const running = AbortSignal.any([node.signal, over.signal])
        await start(gossip)
        gossip.subscribe(topic)
        gossip.addEventListener('subscription-change', ({ detail: { subscriptions } }) => {
          if (subscriptions.some((one) => one.subscribe && one.topic === topic)) speaker.greet()
        })
        const saying = announce ? speaker.run(running) : undefined
        return async () => {
          over.abort()
          await saying
          await stop(gossip)
          stopped = clock.monotonic()
        }
      }),
  }

  /** Now, at every new neighbour, to newcomers, when our addresses change, and again after a while. */
  function createSpeaker(gossip: GossipSub, node: DiscoveringNode, hearing: Hearing) {
    let said = { what: '', time: 0, at: -Infinity }
    let hasAsked = false
    let owed = false
    let news = new AbortController()

    /** Milliseconds until there is something to say. */
    const wait = (what: string): number => {
      const since = clock.monotonic() - said.at
      if (what !== said.what) return 0
      const rest = every * 1000 - since
      return owed ? Math.min(rest, Math.max(limits.answer, hearing.speakers * limits.answerPerPeer) - since) : rest
    }

    return {
      greet() {
        said = { ...said, what: '' }
        news.abort()
      },
      answer() {
        owed = true
        news.abort()
      },
      async run(signal: AbortSignal) {
        while (!signal.aborted) {
          if (news.signal.aborted) await clock.sleep(limits.gather, signal).catch(() => undefined)
          news = new AbortController()
          const addresses = node.addresses().filter(isTellable)
          const what = addresses.join(' ')
          if (!signal.aborted && addresses.length > 0 && wait(what) <= 0) {
            // What is not newer by a second is no news to those who heard the last.
            said = { what, time: Math.max(clock.now(), said.time + 1000), at: clock.monotonic() }
            owed = false
            const asks = gossip.getSubscribers(topic).length > 0 && !hasAsked
            hasAsked ||= asks
            await publish(gossip, { time: said.time, asks }, addresses)
          }
          const pause = Math.max(1, Math.min(limits.look, addresses.length > 0 ? wait(what) : Infinity))
          await clock.sleep(pause, AbortSignal.any([signal, news.signal])).catch(() => undefined)
        }
      },
    }
  }

  async function publish(gossip: GossipSub, event: { time: number; asks: boolean }, addresses: readonly string[]): Promise<void> {
    const all = addresses.map((one) => multiaddr(one.replace(/\/p2p\/[^/]+$/, '')))
    try {
      await gossip.publish(topic, encodeEvent(event, all))
    } catch (error) {
      log.debug('could not say that we are there', { reason: messageOf(error) })
    }
  }

  function isTellable(address: string): boolean {
    return reach === 'local' || !isPrivate(multiaddr(address))
  }
}

function makeGossip({ components }: DiscoveringNode): GossipSub {
  const make = gossipsub({
    allowedTopics: [topic],
    globalSignaturePolicy: StrictSign,
    allowPublishToZeroTopicPeers: true,
    doPX: false,
    fallbackToFloodsub: false,
    runOnLimitedConnection: false,
    // A family, an office or a village behind one address is no attack.
    scoreParams: { IPColocationFactorWeight: 0 },
    maxInboundDataLength: limits.message,
    decodeRpcLimits: {
      maxSubscriptions: 8,
      maxMessages: 32,
      maxIhaveMessageIDs: 256,
      maxIwantMessageIDs: 256,
      maxIdontwantMessageIDs: 256,
      maxControlMessages: 16,
      maxPeerInfos: 0,
    },
  })
  return make(components as GossipSubComponents)
}
