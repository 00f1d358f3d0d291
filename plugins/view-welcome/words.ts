import { text, type Text } from '@palabre/sdk'

export const words = {
  title: text('Welcome', 'Bienvenue'),
  hello: text('Talk, just the two of you', 'Se parler, à deux, c’est tout'),
  lead: text(
    'No account, no number, no server in the middle. What you say is encrypted from your machine to theirs.',
    'Pas de compte, pas de numéro, pas de serveur au milieu. Ce que vous dites est chiffré de votre machine à la leur.',
  ),
  yourName: text('Your name', 'Votre nom'),
  nameHint: text(
    'As your friends will see it. You can change it at any time.',
    'Tel que vos amis le verront. Vous pouvez en changer à tout moment.',
  ),
  theirInvite: text('An invite you were given', 'Une invitation reçue'),
  optional: text('if you have one', 'si vous en avez une'),
  inviteHint: text('Leave it empty to make your own.', 'Laissez vide pour créer la vôtre.'),
  begin: text('Begin', 'Commencer'),
  beginning: text('One moment…', 'Un instant…'),
} as const

export const failed = (why: Text): Text => text(`That did not work: ${why.en}`, `Cela n’a pas marché : ${why.fr}`)
