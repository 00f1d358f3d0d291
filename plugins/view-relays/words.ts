import { text } from '@palabre/sdk'

export const words = {
  title: text('Relays', 'Relais'),
  why: text(
    'A relay keeps messages for you, sealed, while you are away. Anybody can run one; your contacts learn of it by themselves.',
    'Un relais garde vos messages, scellés, pendant votre absence. N’importe qui peut en tenir un ; vos contacts l’apprennent d’eux-mêmes.',
  ),
  sees: text(
    'What it sees: your address, and when you are there. What it does not: who you are, with whom you talk, what is said.',
    'Ce qu’il voit : votre adresse, et quand vous êtes là. Ce qu’il ne voit pas : qui vous êtes, avec qui vous parlez, ce qui se dit.',
  ),
  none: text('No relay keeps messages for you.', 'Aucun relais ne garde vos messages.'),
  off: text(
    'Relays are switched off here: messages wait until both are there.',
    'Les relais sont désactivés ici : les messages attendent que les deux soient là.',
  ),
  link: text('Link to a relay', 'Lien vers un relais'),
  linkHint: text('As whoever runs it gives it to you: palabre:relay#…', 'Tel que le donne qui le tient : palabre:relay#…'),
  add: text('Add', 'Ajouter'),
  added: text('This relay keeps messages for you from now on.', 'Ce relais garde désormais vos messages.'),
  remove: text('Remove', 'Retirer'),
  removed: text(
    'Removed. What lies there is still collected for four weeks.',
    'Retiré. Ce qui s’y trouve est encore relevé pendant quatre semaines.',
  ),
  reached: text('Reached', 'Joint'),
  away: text('Out of reach, tried again by itself', 'Injoignable, de nouveaux essais suivent d’eux-mêmes'),
} as const
