import { plural, text, type HostKind, type Sight, type Text } from '@palabre/sdk'

/** Every sentence of the page that is not the kernel's own. */
export const words = {
  title: text('Plugins', 'Plugins'),
  lead: text(
    'Everything Palabre does is done by a plugin. Switch off what you do not want: it stops at once, and stays off.',
    'Tout ce que fait Palabre, un plugin le fait. Désactivez ce dont vous ne voulez pas : cela s’arrête aussitôt, et le reste.',
  ),
  filter: text('Find a plugin', 'Chercher un plugin'),
  clear: text('Show all plugins', 'Montrer tous les plugins'),
  nothingMatches: text('No plugin matches this.', 'Aucun plugin ne correspond.'),
  show: text('Which plugins to show', 'Quels plugins montrer'),
  all: text('All', 'Tous'),
  on: text('Running', 'En marche'),
  off: text('Off', 'Désactivés'),
  trouble: text('In trouble', 'En difficulté'),
  loading: text('Asking the kernel…', 'Question posée au noyau…'),
  connecting: text('The kernel does not answer. Trying again…', 'Le noyau ne répond pas. Nouvel essai…'),
  lastKnown: text('Below is what was last known.', 'Voici ce que l’on savait en dernier.'),
  seesNothing: text('Learns nothing about you', 'N’apprend rien de vous'),
  tryAgain: text('Try again', 'Réessayer'),
  settings: text('Settings', 'Réglages'),
  keep: text('Keep it on', 'Le garder'),
  losesPage: text(
    'This page comes with it and will close. A button in its place brings it back.',
    'Cette page en dépend et se fermera. Un bouton, à sa place, la fera revenir.',
  ),
  losesSwitches: text(
    'It is what makes these switches work. A button on this page brings it back.',
    'C’est lui qui fait marcher ces interrupteurs. Un bouton de cette page le fera revenir.',
  ),
} as const

export const needOthers = (count: number) =>
  plural(count, {
    en: { one: 'Another plugin needs it and will stop too:', other: '# plugins need it and will stop too:' },
    fr: { one: 'Un autre plugin en a besoin et s’arrêtera aussi :', other: '# plugins en ont besoin et s’arrêteront aussi :' },
  })

export const switchOff = (count: number) =>
  count === 1
    ? text('Switch it off', 'Le désactiver')
    : plural(count, {
        en: { one: 'Switch it off', other: 'Switch all # off' },
        fr: { one: 'Le désactiver', other: 'Désactiver les #' },
      })

export const switchOnOther = (title: Text): Text => text(`Switch on: ${title.en}`, `Activer : ${title.fr}`)

export const problemCount = (count: number) =>
  plural(count, {
    en: { one: '# problem noted', other: '# problems noted' },
    fr: { one: '# problème relevé', other: '# problèmes relevés' },
  })

export const startedIn = (ms: number): Text => {
  const rounded = (language: 'en' | 'fr') =>
    ms < 1 ? (language === 'en' ? 'under 1 ms' : 'moins de 1 ms') : `${new Intl.NumberFormat(language).format(Math.round(ms))} ms`
  return text(`Started in ${rounded('en')}`, `Démarré en ${rounded('fr')}`)
}

export const nextTry = (at: number): Text => {
  const time = (language: 'en' | 'fr') => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(at)
  return text(`Tries again by itself at ${time('en')}`, `Réessaie de lui-même à ${time('fr')}`)
}

export const settingsOf = ({ en, fr }: Text): Text => text(`Settings: ${en}`, `Réglages : ${fr}`)

export const isNow = (title: Text, state: Text): Text => text(`${title.en}: ${state.en}`, `${title.fr} : ${state.fr}`)

/** What somebody could learn who controlled the plugin or its far end, as a person would say it. */
export function sightText(sees: readonly Sight[]): Text {
  if (sees.length === 0) return words.seesNothing
  const list = (language: 'en' | 'fr') => new Intl.ListFormat(language).format(sees.map((sight) => sights[sight][language]))
  return text(`Sees ${list('en')}`, `Voit ${list('fr')}`)
}

/** Of a plugin that cannot be switched on here. */
export function runsOnlyIn(hosts: readonly HostKind[]): Text {
  const list = (language: 'en' | 'fr') =>
    new Intl.ListFormat(language, { type: 'disjunction' }).format(hosts.map((host) => places[host][language]))
  return text(`Runs only ${list('en')}`, `Ne fonctionne que ${list('fr')}`)
}

const places: Record<HostKind, Text> = {
  cli: text('on the command line', 'en ligne de commande'),
  desktop: text('in the desktop application', 'dans l’application de bureau'),
  web: text('in a web page', 'dans une page web'),
}

const sights: Record<Sight, Text> = {
  ip: text('your network address', 'votre adresse réseau'),
  timing: text('when things happen', 'quand les choses se passent'),
  sizes: text('how much is said', 'combien il se dit'),
  contacts: text('whom you talk to', 'à qui vous parlez'),
  ciphertext: text('sealed messages, which it cannot open', 'des messages scellés, qu’il ne peut ouvrir'),
  plaintext: text('what is said', 'ce qui se dit'),
  keys: text('your keys', 'vos clés'),
}
