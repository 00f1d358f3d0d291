import { plural, text, type Text } from '@palabre/sdk'
import type { Standing } from '@palabre/sdk/contract/mail-friends'
import type { RoutePolicy } from '@palabre/sdk/contract/route'

export const words = {
  title: text('Contacts', 'Contacts'),
  lead: text('The people you talk to, and how they came.', 'Les personnes à qui vous parlez, et comment elles sont venues.'),
  invite: text('Invite somebody', 'Inviter quelqu’un'),
  accept: text('Accept an invite', 'Accepter une invitation'),
  all: text('All contacts', 'Tous les contacts'),
  nobody: text('Nobody yet', 'Personne pour le moment'),
  nobodyWhy: text(
    'Send your invite link to one person, by any way you trust. Or open the one you were given.',
    'Envoyez votre lien d’invitation à une personne, par un moyen sûr. Ou ouvrez celui que vous avez reçu.',
  ),
  people: text('People', 'Personnes'),
  openInvites: text('Open invites', 'Invitations ouvertes'),
  revoke: text('Revoke', 'Révoquer'),
  yourInvite: text('Your invite', 'Votre invitation'),
  inviteLead: text(
    'Send this link to the one person you want to talk to. It carries your keys, so nobody can stand between you; it holds once.',
    'Envoyez ce lien à la personne à qui vous voulez parler. Il porte vos clés : personne ne peut se glisser entre vous. Il sert une fois.',
  ),
  link: text('Invite link', 'Lien d’invitation'),
  copy: text('Copy the link', 'Copier le lien'),
  copyShort: text('Copy it as a short link', 'Le copier en lien court'),
  copied: text('Copied.', 'Copié.'),
  share: text('Share…', 'Partager…'),
  qr: text('Or let them scan it', 'Ou faites-le scanner'),
  qrShort: text(
    'Or let them scan it now, while Palabre is open on both sides',
    'Ou faites-le scanner maintenant, Palabre étant ouvert des deux côtés',
  ),
  qrLabel: text('The invite link as a QR code', 'Le lien d’invitation en code QR'),
  another: text('Make another', 'En créer une autre'),
  making: text('Making your invite…', 'Création de votre invitation…'),
  comesIn: text('They appear here as soon as they accept.', 'La personne paraît ici dès qu’elle accepte.'),
  acceptLead: text(
    'Paste the link somebody sent you, or open the file or the code they gave you.',
    'Collez le lien que quelqu’un vous a envoyé, ou ouvrez le fichier ou le code reçu.',
  ),
  save: text('Save as a file', 'Enregistrer en fichier'),
  file: text('Open a file or a picture', 'Ouvrir un fichier ou une image'),
  drop: text('You can also drop it on this page.', 'Vous pouvez aussi le déposer sur cette page.'),
  camera: text('Scan with the camera', 'Scanner avec la caméra'),
  cameraOff: text('Stop the camera', 'Arrêter la caméra'),
  aim: text(
    'Hold the whole code into the picture. Pictures stay on this device.',
    'Tenez le code entier dans l’image. Les images restent sur cet appareil.',
  ),
  noCamera: text(
    'There is no camera, or it may not be used by this page. Open a picture of the code instead.',
    'Il n’y a pas de caméra, ou cette page n’y a pas droit. Ouvrez plutôt une image du code.',
  ),
  theirLink: text('Their invite link', 'Son lien d’invitation'),
  whoseSoon: text('Whose it is stands here before you accept.', 'Son auteur s’affiche ici avant que vous acceptiez.'),
  knownAlready: text('They are your contact already.', 'C’est déjà votre contact.'),
  acceptIt: text('Accept', 'Accepter'),
  talk: text('Talk', 'Discuter'),
  name: text('The name you give them', 'Le nom que vous lui donnez'),
  rename: text('Rename', 'Renommer'),
  userId: text('User id', 'Identifiant'),
  copyId: text('Copy the user id', 'Copier l’identifiant'),
  safety: text('Safety number', 'Numéro de sûreté'),
  safetyWhy: text(
    'Read it to each other, by voice or in person. If it is the same on both sides, nobody stands between you.',
    'Lisez-le-vous, de vive voix ou en personne. S’il est le même des deux côtés, personne n’est entre vous.',
  ),
  same: text('It is the same', 'C’est le même'),
  notSame: text('Not verified any more', 'N’est plus vérifié'),
  verified: text('verified', 'vérifié'),
  notVerified: text('not compared yet', 'pas encore comparé'),
  blocked: text('blocked', 'bloqué'),
  waiting: text('has not answered yet', 'n’a pas encore répondu'),
  suspect: text('suspect key', 'clé suspecte'),
  suspectWhy: text(
    'Another contact of yours goes by this name, under another key. Compare the safety number before you trust it.',
    'Un autre de vos contacts porte ce nom, avec une autre clé. Comparez le numéro de sûreté avant de vous y fier.',
  ),
  trust: text('I compared it: trust this key', 'J’ai comparé : faire confiance à cette clé'),
  road: text('Your network address', 'Votre adresse réseau'),
  roadWhy: text(
    'On a direct connection they see it, as with any call over the internet. Messages are end-to-end encrypted either way.',
    'Sur une connexion directe, elle leur est visible, comme pour tout appel par internet. Les messages sont chiffrés de bout en bout dans les deux cas.',
  ),
  keepForEachOther: text('Keep messages for each other', 'Garder vos messages l’un pour l’autre'),
  keepWhy: text(
    'While one of you is away, the other’s device keeps for a day what is written to them, without being able to read it. People who write to them learn where your device is on the network, not whose it is.',
    'En l’absence de l’un, l’appareil de l’autre garde pendant un jour ce qu’on lui écrit, sans pouvoir le lire. Les personnes qui lui écrivent apprennent où est votre appareil sur le réseau, pas à qui il est.',
  ),
  block: text('Block', 'Bloquer'),
  unblock: text('Unblock', 'Débloquer'),
  blockWhy: text(
    'Nothing they send comes in, nothing goes to them.',
    'Rien de ce qu’elle envoie n’arrive, rien ne part vers elle.',
  ),
  remove: text('Remove with all that was said', 'Supprimer avec tout ce qui s’est dit'),
  reallyRemove: text('Remove for good', 'Supprimer pour de bon'),
  keep: text('Keep', 'Garder'),
  fewer: text('Safety and removal', 'Sûreté et suppression'),
  notThere: text('This contact is not here any more.', 'Ce contact n’est plus là.'),
} as const

export const policyWords: Record<RoutePolicy, Text> = {
  'direct-allowed': text('Allow direct connections', 'Permettre les connexions directes'),
  'relayed-only': text('Require a relay: they never see it', 'Exiger un relais : elle ne leur est jamais visible'),
  'direct-only': text('Require direct: nobody in between', 'Exiger le direct : personne entre vous'),
}

export const keepWords: Record<Standing, Text> = {
  none: text('It begins when both of you say yes.', 'Cela commence quand vous dites oui tous les deux.'),
  asked: text('They have said yes and wait for yours.', 'Cette personne a dit oui et attend votre accord.'),
  offered: text(
    'You have said yes. It begins when they do, on their device.',
    'Vous avez dit oui. Cela commence quand cette personne le dit aussi, sur son appareil.',
  ),
  mutual: text('You both said yes: it works.', 'Vous avez dit oui tous les deux : c’est en place.'),
}

/** The same in a list, in a few words. */
export const keepMarks: Partial<Record<Standing, Text>> = {
  asked: text('would keep for you', 'veut garder pour vous'),
  offered: text('asked to keep for you', 'invité à garder pour vous'),
  mutual: text('keeps for you', 'garde pour vous'),
}

export const fromWhom = (name: string, until: string): Text =>
  text(`From ${name}, until ${until}.`, `De ${name}, jusqu’au ${until}.`)
export const holdsUntil = (until: string): Text => text(`Holds until ${until}.`, `Valable jusqu’au ${until}.`)
export const madeOn = (day: string): Text => text(`Made on ${day}`, `Créée le ${day}`)
export const since = (day: string): Text => text(`Contact since ${day}`, `Contact depuis le ${day}`)
export const callsThemselves = (name: string): Text => text(`Calls themselves ${name}`, `Se nomme ${name}`)
export const reallyGone = (name: string): Text =>
  text(
    `${name} and everything you said to each other will be gone here.`,
    `${name} et tout ce que vous vous êtes dit disparaîtront d’ici.`,
  )
export const usesLeft = (count: number): Text =>
  plural(count, {
    en: { one: 'for # person', other: 'for # people' },
    fr: { one: 'pour # personne', other: 'pour # personnes' },
  })
