import { text, type Text } from '@palabre/sdk'
import type { NatTestEvent, Via } from './events.ts'

const ways: Record<Via, Text> = { direct: text('direct', 'direct'), relay: text('relayed', 'relayé') }

export function natTestText(event: NatTestEvent): Text {
  switch (event.event) {
    case 'started':
      return event.mode === 'initiator'
        ? text(`We are ${event.name} and link the peer.`, `Nous sommes ${event.name} et contactons le pair.`)
        : text(`We are ${event.name} and wait for a peer.`, `Nous sommes ${event.name} et attendons un pair.`)
    case 'path_change':
      return text(
        `The path is ${ways[event.selected].en}, ${event.rtt_ms.toFixed(1)} ms.`,
        `Le chemin est ${ways[event.selected].fr}, ${event.rtt_ms.toFixed(1)} ms.`,
      )
    case 'ping':
      return text(
        `${event.seq}: ${event.rtt_ms.toFixed(1)} ms, ${ways[event.via].en}`,
        `${event.seq} : ${event.rtt_ms.toFixed(1)} ms, ${ways[event.via].fr}`,
      )
    case 'hole_punch':
      return event.success
        ? text(`Direct after ${event.time_to_direct_s} s.`, `Direct au bout de ${event.time_to_direct_s} s.`)
        : text(
            'It did not become direct; the relay carries it and cannot read it.',
            'Il n’est pas devenu direct ; le relais le porte et ne peut pas le lire.',
          )
    case 'summary':
      return text(
        `${event.direct_pings} direct, ${event.relay_pings} relayed: ${event.direct_pct} % direct${average(event.avg_rtt_direct_ms, ', on average in')}.`,
        `${event.direct_pings} directs, ${event.relay_pings} relayés : ${event.direct_pct} % directs${average(event.avg_rtt_direct_ms, ', en moyenne en')}.`,
      )
  }
}

const average = (ms: number | null, words: string) => (ms === null ? '' : `${words} ${ms.toFixed(1)} ms`)
