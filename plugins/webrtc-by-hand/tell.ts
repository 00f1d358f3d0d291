import { text, type Text } from '@palabre/sdk'
import type { IceCandidate } from '@palabre/sdk/contract/ice'
import type { ByHandEvent } from './events.ts'

export function byHandText(event: ByHandEvent): Text {
  switch (event.event) {
    case 'written':
      return event.what === 'offer'
        ? text(
            `The offer is in ${event.file}: bring it to the other side.`,
            `L’offre est dans ${event.file} : portez-la à l’autre côté.`,
          )
        : text(`The answer is in ${event.file}: bring it back.`, `La réponse est dans ${event.file} : rapportez-la.`)
    case 'read':
      return text(`Took ${event.file}.`, `${event.file} est lu.`)
    case 'waiting':
      return text(`Waiting for ${event.file} …`, `En attente de ${event.file} …`)
    case 'open': {
      const [local, remote] = [whereabouts(event.local), whereabouts(event.remote)]
      return text(`The channel is open: ${local} to ${remote}.`, `Le canal est ouvert : ${local} vers ${remote}.`)
    }
    case 'ping':
      return text(`${event.seq}: ${event.rtt_ms.toFixed(1)} ms`, `${event.seq} : ${event.rtt_ms.toFixed(1)} ms`)
  }
}

const whereabouts = (one: IceCandidate | null) => (one === null ? '?' : `${one.address}:${one.port} (${one.type})`)
