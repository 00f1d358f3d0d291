import { PalabreError, text, type Text } from '@palabre/sdk'
import type { Standing } from '@palabre/sdk/contract/mail-friends'

export interface FriendRow {
  readonly name: string
  readonly standing: Standing
}

export const standingTexts: Record<Standing, (name: string) => Text> = {
  none: (name) => text(`${name} and you keep nothing for each other.`, `${name} et vous ne gardez rien l’un pour l’autre.`),
  asked: (name) =>
    text(
      `${name} would keep your messages while you are away, and asks the same of you. Agree with: palabre friends add`,
      `${name} veut bien garder vos messages en votre absence et vous le demande aussi. Acceptez par : palabre friends add`,
    ),
  offered: (name) =>
    text(
      `You have offered; it begins when ${name} agrees too, on their device.`,
      `Vous l’avez proposé ; cela commence quand ${name} accepte aussi, sur son appareil.`,
    ),
  mutual: (name) =>
    text(
      `${name} and you keep messages for each other, for a day.`,
      `${name} et vous gardez vos messages l’un pour l’autre, un jour durant.`,
    ),
}

/** What agreeing means, said where somebody does. */
export const agreedText = (name: string, standing: Standing): Text => {
  const { en, fr } = standingTexts[standing](name)
  return text(
    `${en}\nWhat is kept is sealed: neither of you can read it. Those who write to them learn where your device is on the network, not who you are.`,
    `${fr}\nCe qui est gardé est scellé : ni l’un ni l’autre ne peut le lire. Qui leur écrit apprend où est votre appareil sur le réseau, pas qui vous êtes.`,
  )
}

export function listText(rows: readonly FriendRow[]): Text {
  if (rows.length === 0)
    return text(
      'Nobody keeps messages for you, nor you for anybody. Offer it to a contact with: palabre friends add NAME',
      'Personne ne garde de messages pour vous, ni vous pour personne. Proposez-le à un contact par : palabre friends add NOM',
    )
  const said = rows.map(({ name, standing }) => standingTexts[standing](name))
  return text(said.map(({ en }) => en).join('\n'), said.map(({ fr }) => fr).join('\n'))
}

export const blocked = (name: string) =>
  new PalabreError('denied', text(`you have blocked ${name}`, `vous avez bloqué ${name}`), {
    todo: text('Unblock them first: palabre contacts unblock.', 'Débloquez d’abord : palabre contacts unblock.'),
  })
