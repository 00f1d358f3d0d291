import { text } from '@palabre/sdk'

export const words = {
  views: text('Views', 'Vues'),
  nothingShown: text('Nothing is shown here now', 'Rien n’est affiché ici pour le moment'),
  nothingShownWhy: text(
    'The page works, but what it showed is switched off or in trouble.',
    'La page fonctionne, mais ce qu’elle montrait est désactivé ou en difficulté.',
  ),
  noSwitches: text('Plugins cannot be switched now', 'On ne peut rien activer ni désactiver pour le moment'),
  noSwitchesWhy: text('What makes the switches work is switched off.', 'Ce qui fait marcher les interrupteurs est désactivé.'),
  switchOn: text('Switch on', 'Activer'),
  noViews: text(
    'This page was built without any view. Switch one on in plugins.json and build it again.',
    'Cette page a été construite sans aucune vue. Activez-en une dans plugins.json et reconstruisez-la.',
  ),
  keepsNothing: text(
    'This browser keeps nothing for this page: what you change lasts until you leave it.',
    'Ce navigateur ne garde rien pour cette page : ce que vous changez dure jusqu’à ce que vous la quittiez.',
  ),
} as const
