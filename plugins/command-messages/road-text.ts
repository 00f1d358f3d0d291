import { bytesText, msText, text, type Language, type Text } from '@palabre/sdk'
import type { Reachability } from '@palabre/sdk/contract/messenger'
import type { Road } from '@palabre/sdk/contract/route'
import { reachabilityText } from './tell.ts'

export function roadText(name: string, reachability: Reachability, road: Road | undefined): Text {
  const { en, fr } = reachabilityText(reachability)
  if (road === undefined) return text(`${name}: ${en}`, `${name} : ${fr}`)
  const lines = (language: Language) => factsOf(road).map(([title, said]) => `  ${title[language].padEnd(16)}${said[language]}`)
  return text([`${name}: ${en}`, ...lines('en')].join('\n'), [`${name} : ${fr}`, ...lines('fr')].join('\n'))
}

function factsOf({ path, traffic: { sent, received }, roundTrips }: Road): readonly (readonly [Text, Text])[] {
  const between = path.hops.map(({ peer, address }) => `${peer} ${address}`.trimEnd()).join(', ')
  const since = (language: Language) => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(path.since)
  const last = roundTrips.at(-1)
  return [
    [text('their address', 'son adresse'), text(path.address, path.address)],
    [text('in between', 'entre vous'), between === '' ? text('nobody', 'personne') : text(between, between)],
    [text('channel', 'canal'), text(path.channel, path.channel)],
    [text('since', 'depuis'), text(since('en'), since('fr'))],
    ...(last === undefined ? [] : [[text('round trip', 'aller-retour'), msText(last.ms)] as const]),
    [text('sent', 'envoyé'), bytesText(sent)],
    [text('received', 'reçu'), bytesText(received)],
  ]
}
