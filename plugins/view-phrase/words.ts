import { text } from '@palabre/sdk'

export const words = {
  title: text('Your 24 words', 'Vos 24 mots'),
  offer: text(
    'You exist only here. 24 words on paper bring you back on any device, should this one be lost.',
    'Vous n’existez qu’ici. 24 mots sur papier vous ramènent sur n’importe quel appareil, si celui-ci se perd.',
  ),
  look: text('Write them down', 'Les noter'),
  later: text('Not now', 'Pas maintenant'),
  why: text(
    'They are your identity. Whoever reads them can be you, so look around before you show them; nobody of ours will ever ask for them.',
    'Ils sont votre identité. Qui les lit peut être vous : regardez autour de vous avant de les montrer ; personne de chez nous ne vous les demandera jamais.',
  ),
  show: text('Show my 24 words', 'Montrer mes 24 mots'),
  hide: text('Hide them', 'Les cacher'),
  paper: text(
    'Write them on paper, in this order. They are hidden again when you leave this page.',
    'Notez-les sur papier, dans cet ordre. Ils sont cachés de nouveau quand vous quittez cette page.',
  ),
  copy: text('Copy…', 'Copier…'),
  copyWhy: text(
    'Other programs can read what is copied, and some keep it. Paste it into your password manager at once, then copy something else.',
    'D’autres programmes peuvent lire ce qui est copié, et certains le gardent. Collez-le aussitôt dans votre gestionnaire de mots de passe, puis copiez autre chose.',
  ),
  copyAnyway: text('Copy all the same', 'Copier quand même'),
  rather: text('Rather not', 'Plutôt pas'),
  copied: text('Copied. Paste it, then copy something else.', 'Copié. Collez-le, puis copiez autre chose.'),
  where: text('Where your things are kept', 'Où vos données sont gardées'),
  keep: text('Ask the browser to keep them', 'Demander au navigateur de les garder'),
  notKept: text(
    'The browser has not agreed. It often does for pages that are visited often, or installed.',
    'Le navigateur n’a pas accepté. Il accepte souvent pour les pages visitées souvent, ou installées.',
  ),
} as const
