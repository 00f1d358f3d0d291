import { plural, text, type Text } from '@palabre/sdk'
import type { MailboxStatus } from './mailbox-route.ts'

export function statusText({ mailboxes, queues, owed }: MailboxStatus): Text {
  if (mailboxes.length === 0)
    return text(
      'No mailbox keeps your messages while you are away. Add one with: palabre relay add LINK, or ask a contact: palabre friends add NAME',
      'Aucune boîte aux lettres ne garde vos messages en votre absence. Ajoutez-en une par : palabre relay add LIEN, ou demandez à un contact : palabre friends add NOM',
    )
  const lines = (said: string, away: string, contacts: string, colon: string) =>
    mailboxes
      .map(({ peer, contact, reached }) => `${peer}${contact === undefined ? '' : contacts}${colon}${reached ? said : away}`)
      .join('\n')
  const count = plural(queues, {
    en: { one: 'one queue', other: '# queues' },
    fr: { one: 'une file', other: '# files' },
  })
  const rest = plural(owed, {
    en: { one: 'one acknowledgement has not left yet', other: '# acknowledgements have not left yet' },
    fr: { one: 'un accusé de réception n’est pas encore parti', other: '# accusés de réception ne sont pas encore partis' },
  })
  return text(
    `${lines('reached', 'out of reach', ' (a contact’s)', ': ')}\n${count.en}; ${rest.en}`,
    `${lines('jointe', 'hors d’atteinte', ' (chez un contact)', ' : ')}\n${count.fr} ; ${rest.fr}`,
  )
}
