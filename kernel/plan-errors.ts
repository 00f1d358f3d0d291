import { PalabreError, text } from '@palabre/sdk'
import { nearest } from './near.ts'

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

export function ambiguous(label: string, ids: readonly string[]): PalabreError {
  const name = label.slice(0, label.lastIndexOf('@'))
  const line = `"bindings": { "${name}": "${ids[0]}" }`
  return new PalabreError(
    'ambiguous-provider',
    text(
      `${ids.join(' and ')} both provide ${label}, and nothing says which to take`,
      `${ids.join(' et ')} fournissent tous deux ${label}, et rien ne dit lequel prendre`,
    ),
    { todo: text(`Add to plugins.json: ${line}`, `Ajoutez à plugins.json : ${line}`) },
  )
}

export function boundElsewhere(label: string, user: string, bound: readonly string[]): PalabreError {
  const list = bound.join(', ')
  return new PalabreError(
    'missing-provider',
    text(
      `${user} needs ${label}, which plugins.json binds to ${list}, and that does not run`,
      `${user} a besoin de ${label}, que plugins.json confie à ${list}, qui ne fonctionne pas`,
    ),
    {
      todo: text(
        `Switch it on (palabre plugins enable ${bound[0]}) or change the binding.`,
        `Activez-le (palabre plugins enable ${bound[0]}) ou changez la liaison.`,
      ),
    },
  )
}

/** Names, in this order: who would provide it if it ran, the same name with another major, near misses. */
export function missing(
  label: string,
  user: string,
  makers: readonly { id: string; out: PalabreError | undefined }[],
  known: ReadonlySet<string>,
): PalabreError {
  const maker = makers[0]
  if (maker !== undefined) return notRunning(label, user, maker)
  const name = label.slice(0, label.lastIndexOf('@'))
  const otherMajor = [...known].filter((other) => other.startsWith(`${name}@`) && other !== label)
  if (otherMajor.length > 0) {
    return new PalabreError(
      'wrong-version',
      text(
        `${user} needs ${label}, and only ${otherMajor.join(', ')} is provided`,
        `${user} a besoin de ${label}, et seul ${otherMajor.join(', ')} est fourni`,
      ),
      {
        todo: text(
          `Install a version of ${user} or of the provider that agrees.`,
          `Installez une version de ${user} ou du fournisseur qui s’accorde.`,
        ),
      },
    )
  }
  const near = nearest(label, known)
  return new PalabreError(
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

function notRunning(label: string, user: string, { id, out }: { id: string; out: PalabreError | undefined }): PalabreError {
  const why = out?.text ?? text('it does not run', 'il ne fonctionne pas')
  return new PalabreError(
    'missing-provider',
    text(`${user} needs ${id} for ${label}: ${why.en}`, `${user} a besoin de ${id} pour ${label} : ${why.fr}`),
    {
      todo: out?.todo ?? text(`Switch it on: palabre plugins enable ${id}`, `Activez-le : palabre plugins enable ${id}`),
    },
  )
}
