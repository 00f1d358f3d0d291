import { plural, text, type Text } from '@palabre/sdk'

export const words = {
  title: text('Notifications', 'Notifications'),
  offer: text(
    'Somebody wrote while you were elsewhere. Shall your system tell you the next time?',
    'On vous a écrit pendant que vous étiez ailleurs. Votre système doit-il vous prévenir la prochaine fois ?',
  ),
  yes: text('Yes, tell me', 'Oui, me prévenir'),
  no: text('No, thanks', 'Non merci'),
  tell: text('Tell me when somebody writes', 'Me prévenir quand on m’écrit'),
  tellWhy: text(
    'Your system shows the name of who wrote, while you do not look at the conversation.',
    'Votre système montre le nom de qui a écrit, tant que vous ne regardez pas la conversation.',
  ),
  denied: text(
    'This browser does not let the page notify you. Allow it in the settings of this site, then switch it on here.',
    'Ce navigateur n’autorise pas la page à vous prévenir. Autorisez-le dans les réglages de ce site, puis activez-le ici.',
  ),
  missing: text(
    'This browser cannot notify you from here. The title and the icon of the page still say what waits.',
    'Ce navigateur ne peut pas vous prévenir d’ici. Le titre et l’icône de la page disent toujours ce qui attend.',
  ),
  show: text('With what they wrote', 'Avec ce qui est écrit'),
  showWhy: text(
    'Off: only the name. Whoever looks at your screen reads what is shown there.',
    'Désactivé : le nom seul. Qui regarde votre écran lit ce qui s’y affiche.',
  ),
  sound: text('With a quiet sound', 'Avec un son discret'),
  soundWhy: text('Two soft notes, also without a notification.', 'Deux notes douces, même sans notification.'),
} as const

export const newMessages = (count: number): Text =>
  plural(count, {
    en: { one: 'New message', other: '# new messages' },
    fr: { one: 'Nouveau message', other: '# nouveaux messages' },
  })
