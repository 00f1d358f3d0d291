import { PalabreError, text, type Language, type Text } from '@palabre/sdk'
import { rowOf } from './candidates.ts'
import { nameOf } from './label.ts'
import { nearest } from './near.ts'
import type { PlanBasis, Planned } from './plan-basis.ts'

export interface CycleStep {
  readonly user: string
  readonly label: string
  readonly provider: string
}

export function cyclic(steps: readonly CycleStep[]): PalabreError {
  const path = steps.map(({ user, label }) => `${user} → (${label}) → `).join('') + (steps[0]?.user ?? '')
  return new PalabreError(
    'cycle',
    text(`these plugins need each other in a circle: ${path}`, `ces plugins ont besoin les uns des autres en rond : ${path}`),
    {
      todo: text(
        'One of them must ask with optional(…) or look at a slot; until then, switch one of them off.',
        'L’un d’eux doit demander avec optional(…) ou regarder un slot ; d’ici là, désactivez l’un d’eux.',
      ),
    },
  )
}

function ambiguous(label: string, ids: readonly string[]): PalabreError {
  const line = `"bindings": { "${nameOf(label)}": "${ids[0]}" }`
  const pair = ids.length === 2
  return new PalabreError(
    'ambiguous-provider',
    text(
      `${listOf('en', ids)} ${pair ? 'both' : 'all'} provide ${label}, and nothing says which to take`,
      `${listOf('fr', ids)} fournissent ${pair ? 'tous deux' : 'tous'} ${label}, et rien ne dit lequel prendre`,
    ),
    { todo: text(`Add to plugins.json: ${line}`, `Ajoutez à plugins.json : ${line}`) },
  )
}

export function reserved(label: string, id: string): PalabreError {
  return new PalabreError(
    'bad-manifest',
    text(`${id} provides ${label}, which Palabre itself provides`, `${id} fournit ${label}, que Palabre fournit lui-même`),
    { plugin: id, todo: text('Its author must choose another name.', 'Son auteur doit choisir un autre nom.') },
  )
}

/** Says why nobody provides a token. What that takes is gathered once, and only when somebody asks. */
export function createExplainer({ plugins, bindings }: PlanBasis, disputed: ReadonlyMap<string, readonly string[]>) {
  const unmade = new Map<string, (user: string) => PalabreError>()
  const disagreements = new Map<string, PalabreError>()
  let makers: Map<string, Planned[]> | undefined

  const makersByLabel = () => {
    if (makers !== undefined) return makers
    makers = new Map()
    for (const plugin of plugins) for (const label of new Set(plugin.provides)) rowOf(makers, label).push(plugin)
    return makers
  }

  const disagreement = (label: string): PalabreError => {
    const known = disagreements.get(label) ?? ambiguous(label, disputed.get(label)!)
    disagreements.set(label, known)
    return known
  }

  const reasonOf = (label: string): ((user: string) => PalabreError) => {
    if (disputed.has(label)) return () => disagreement(label)
    const bound = bindings.get(nameOf(label))
    const made = makersByLabel().get(label) ?? []
    const nearestOnes = bound === undefined ? nearestToRunning(made) : made.filter(({ id }) => bound.includes(id))
    if (bound === undefined && nearestOnes.length > 1 && nearestOnes[0]?.out?.code === 'switched-off')
      return noneIsOn(label, nearestOnes)
    const [first] = nearestOnes
    if (first === undefined) return notMade(label, [...makersByLabel().keys()])
    if (bound !== undefined) return boundElsewhere(label, bound, first)
    const off = made.filter(({ out }) => out?.code === 'switched-off').map(({ id }) => id)
    return first.out?.code === 'switched-off' && off.length > 1 ? allOff(label, off) : notRunning(label, first)
  }

  return {
    disputed: disagreement,
    missing(label: string, user: string): PalabreError {
      const known = unmade.get(label) ?? reasonOf(label)
      unmade.set(label, known)
      return known(user)
    },
  }
}

/** Of several who could, those that were to run, else those that are switched off, and those made for other hosts only when there are no others. */
function nearestToRunning(made: readonly Planned[]): readonly Planned[] {
  const rank = ({ out }: Planned) => (out?.code === 'wrong-host' ? 2 : out?.code === 'switched-off' ? 1 : 0)
  const best = Math.min(...made.map(rank))
  return made.filter((one) => rank(one) === best)
}

function noneIsOn(label: string, made: readonly Planned[]) {
  const ids = made.map(({ id }) => id)
  const or = (language: Language) => new Intl.ListFormat(language, { type: 'disjunction' }).format(ids)
  return (user: string) =>
    new PalabreError(
      'missing-provider',
      text(
        `${user} needs ${or('en')} for ${label}: none of them is switched on`,
        `${user} a besoin de ${or('fr')} pour ${label} : aucun n’est activé`,
      ),
      { todo: text(`Switch one on: palabre plugins enable ${ids.at(-1)}`, `Activez-en un : palabre plugins enable ${ids.at(-1)}`) },
    )
}

function boundElsewhere(label: string, bound: readonly string[], { out }: Planned) {
  const list = bound.join(', ')
  const why = whyNot(out)
  return (user: string) =>
    new PalabreError(
      'missing-provider',
      text(
        `${user} needs ${label}, which plugins.json binds to ${list}: ${why.en}`,
        `${user} a besoin de ${label}, que plugins.json confie à ${list} : ${why.fr}`,
      ),
      {
        todo: text(
          `Switch it on (palabre plugins enable ${bound[0]}) or change the binding.`,
          `Activez-le (palabre plugins enable ${bound[0]}) ou changez la liaison.`,
        ),
      },
    )
}

/** Which of them the person wants is not ours to guess. */
function allOff(label: string, off: readonly string[]) {
  const [en, fr] = [off.join(' or '), off.join(' ou ')]
  return (user: string) =>
    new PalabreError(
      'missing-provider',
      text(
        `${user} needs ${en} for ${label}: none of them is switched on`,
        `${user} a besoin de ${fr} pour ${label} : aucun n’est activé`,
      ),
      { todo: text(`Switch one of them on: palabre plugins enable ${en}`, `Activez-en un : palabre plugins enable ${fr}`) },
    )
}

function notRunning(label: string, { id, out }: Planned) {
  const why = whyNot(out)
  return (user: string) =>
    new PalabreError(
      'missing-provider',
      text(`${user} needs ${id} for ${label}: ${why.en}`, `${user} a besoin de ${id} pour ${label} : ${why.fr}`),
      { todo: out?.todo ?? text(`Switch it on: palabre plugins enable ${id}`, `Activez-le : palabre plugins enable ${id}`) },
    )
}

function whyNot(out: PalabreError | undefined): Text {
  return out?.text ?? text('it does not run', 'il ne fonctionne pas')
}

/** Nobody is made for it; somebody may be for another major of it, or for a name that is nearly the same. */
function notMade(label: string, known: readonly string[]) {
  const otherMajor = known.filter((other) => nameOf(other) === nameOf(label) && other !== label)
  return otherMajor.length > 0 ? onlyOtherMajors(label, otherMajor) : nowhere(label, nearest(label, known))
}

function onlyOtherMajors(label: string, others: readonly string[]) {
  const list = others.join(', ')
  return (user: string) =>
    new PalabreError(
      'wrong-version',
      text(`${user} needs ${label}, and only ${list} is provided`, `${user} a besoin de ${label}, et seul ${list} est fourni`),
      {
        todo: text(
          `Install a version of ${user} or of the provider that agrees.`,
          `Installez une version de ${user} ou du fournisseur qui s’accorde.`,
        ),
      },
    )
}

function nowhere(label: string, near: readonly string[]) {
  return (user: string) =>
    new PalabreError(
      'missing-provider',
      text(`${user} needs ${label}, and no plugin provides it`, `${user} a besoin de ${label}, et aucun plugin ne le fournit`),
      {
        todo:
          near.length === 0
            ? text('Install a plugin that provides it.', 'Installez un plugin qui le fournit.')
            : text(`Did its author mean ${near.join(' or ')}?`, `Son auteur voulait-il dire ${near.join(' ou ')} ?`),
      },
    )
}

/** `reason` is what keeps the first of the row from running, however long the row. */
export function waitsFor(user: string, provider: string, reason: PalabreError): PalabreError {
  return new PalabreError(
    reason.code,
    text(
      `${user} needs ${provider}, which is blocked: ${reason.text.en}`,
      `${user} a besoin de ${provider}, qui est bloqué : ${reason.text.fr}`,
    ),
    reason.todo === undefined ? {} : { todo: reason.todo },
  )
}

export function standsBy(id: string, chosen: string): PalabreError {
  return new PalabreError(
    'switched-off',
    text(`${id} stands by: ${chosen} does this`, `${id} est en réserve : ${chosen} s’en charge`),
  )
}

export function notNeeded(id: string): PalabreError {
  return new PalabreError('switched-off', text(`${id} starts when something needs it`, `${id} démarre quand on a besoin de lui`))
}

export function closing(): PalabreError {
  return new PalabreError('cancelled', text('Palabre is closing', 'Palabre se ferme'))
}

function listOf(language: Language, ids: readonly string[]): string {
  return new Intl.ListFormat(language).format(ids)
}
