import { text, type Text } from '@palabre/sdk'
import type { Theme } from '@palabre/sdk/contract/face'

export const words = {
  title: text('Settings', 'Réglages'),
  open: text('Open the settings', 'Ouvrir les réglages'),
  search: text('Find a setting', 'Trouver un réglage'),
  nothing: text('No setting is called like this.', 'Aucun réglage ne porte ce nom.'),
  look: text('Look', 'Apparence'),
  language: text('Language', 'Langue'),
  theme: text('Theme', 'Thème'),
  you: text('You', 'Vous'),
  name: text('The name others see', 'Le nom que les autres voient'),
  save: text('Save', 'Enregistrer'),
  saved: text('Saved.', 'Enregistré.'),
  privacy: text('Privacy', 'Vie privée'),
  receipts: text('Tell others that you have read', 'Dire aux autres que vous avez lu'),
  receiptsWhy: text(
    'Off: nobody learns when you read. You still see when they have.',
    'Désactivé : personne n’apprend quand vous lisez. Vous voyez toujours quand ils ont lu.',
  ),
  plugins: text('Plugins', 'Plugins'),
  pluginsWhy: text(
    'What each plugin can be told. On and off are on the plugins page.',
    'Ce qui se règle dans chaque plugin. On les active et désactive sur la page des plugins.',
  ),
  asJson: text('As JSON', 'En JSON'),
  asForm: text('As a form', 'En formulaire'),
  json: text('All of its settings', 'Tous ses réglages'),
  onePerLine: text('One on each line.', 'Un par ligne.'),
  badJson: text('This is not JSON.', 'Ce n’est pas du JSON.'),
  standard: text('Standard', 'Par défaut'),
} as const

export const themeWords: Record<Theme, Text> = {
  dark: text('Night', 'Nuit'),
  light: text('Morning', 'Matin'),
  system: text('As the system', 'Comme le système'),
}
