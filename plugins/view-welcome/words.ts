import { text, type PalabreError, type Text } from '@palabre/sdk'

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
  arrival: text('An invite for you', 'Une invitation pour vous'),
  arrivalLead: text(
    'Accept, and you can write to each other at once: end-to-end encrypted, with nobody in between.',
    'Acceptez, et vous pouvez vous écrire aussitôt : chiffré de bout en bout, sans personne entre vous.',
  ),
  knownAlready: text('They are your contact already.', 'C’est déjà votre contact.'),
  accept: text('Accept and talk', 'Accepter et discuter'),
  notNow: text('No, thanks', 'Non merci'),
  understood: text('Close', 'Fermer'),
  without: text('You can begin without it.', 'Vous pouvez commencer sans elle.'),
  words: text('I have 24 words of mine', 'J’ai mes 24 mots'),
  wordsLabel: text('Your 24 words, in their order', 'Vos 24 mots, dans leur ordre'),
  wordsHint: text(
    'They bring your identity back: who you are to your contacts. Messages are not in them. Type them only into a Palabre that you trust.',
    'Ils ramènent votre identité : qui vous êtes pour vos contacts. Les messages n’y sont pas. Ne les tapez que dans un Palabre de confiance.',
  ),
  restore: text('Bring my identity back', 'Ramener mon identité'),
  restored: text(
    'You are yourself again. Choose the name that others see, and begin.',
    'Vous êtes de nouveau vous-même. Choisissez le nom que les autres verront, et commencez.',
  ),
  linksTitle: text('Links', 'Liens'),
  links: text('Open palabre: links here', 'Ouvrir ici les liens « palabre: »'),
  linksWhy: text(
    'An invite is accepted only by you, never by the click on its link.',
    'Une invitation n’est acceptée que par vous, jamais par le clic sur son lien.',
  ),
  beginning: text('One moment…', 'Un instant…'),
} as const

export const invitesYou = (name: string): Text => text(`${name} invites you to talk`, `${name} vous invite à discuter`)

export const beginWith = (name: string): Text => text(`Begin, and talk to ${name}`, `Commencer, et discuter avec ${name}`)

/** The reason as it was given, and what to do about it. */
export function doesNotHold({ text: why, todo }: PalabreError): Text {
  return text(
    `Nobody can come in by the invite you were given: ${why.en}. ${todo?.en ?? ''}`.trimEnd(),
    `L’invitation reçue ne mène nulle part : ${why.fr}. ${todo?.fr ?? ''}`.trimEnd(),
  )
}

export const failed = (why: Text): Text => text(`That did not work: ${why.en}`, `Cela n’a pas marché : ${why.fr}`)
