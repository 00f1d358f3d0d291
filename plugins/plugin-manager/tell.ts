import { languages, plural, text, type HostKind, type Language, type Text } from '@palabre/sdk'
import {
  stateWords,
  type GraphEdge,
  type HookFlow,
  type PluginInfo,
  type PluginState,
  type Why,
} from '@palabre/sdk/contract/plugins'

/** How the manager's answers read to a person. */

export function listText(list: readonly PluginInfo[], host: HostKind): Text {
  const here = list.filter(({ hosts }) => hosts.includes(host))
  const rows = [...inOrder(here), ...inOrder(list.filter((one) => !here.includes(one)))]
  return inBoth((language) =>
    table(
      rows.map(({ id, state, title, reason, hosts }) => {
        const elsewhere = text(`for ${hosts.join(', ')}`, `pour ${hosts.join(', ')}`)
        const word = hosts.includes(host) ? stateWords[state] : elsewhere
        return [
          `${signs[state]} ${word[language]}`,
          id,
          reason !== undefined && state !== 'disabled' ? reason[language] : title[language],
        ]
      }),
    ),
  )
}

export function graphText(edges: readonly GraphEdge[]): Text {
  const word: Record<GraphEdge['kind'], Text> = {
    needs: text('needs', 'a besoin de'),
    optional: text('can use', 'peut utiliser'),
    slot: text('looks at', 'regarde'),
  }
  return inBoth((language) => table(edges.map(({ from, to, token, kind }) => [from, word[kind][language], to, `(${token})`])))
}

export function whyText({ plugin, needs, uses, neededBy, blockedBy }: Why): Text {
  const { id, title, state, reason, todo, problems } = plugin
  return inBoth((language) => {
    const line = (en: string, fr: string, what: string) => `  ${text(`${en}:`, `${fr} :`)[language]} ${what}`
    const nobody = text('nobody', 'personne')[language]
    const atRest = text('not running', 'à l’arrêt')[language]
    return lines(
      `${id} — ${title[language]} — ${stateWords[state][language]}`,
      reason && `  ${reason[language]}`,
      todo && line('What to do', 'Que faire', todo[language]),
      blockedBy.length > 0 && line('Blocked by', 'Bloqué par', [id, ...blockedBy].join(' ← ')),
      ...needs.map(({ token, provider, running }) =>
        line(`Needs ${token}`, `A besoin de ${token}`, `${provider ?? nobody}${running ? '' : ` (${atRest})`}`),
      ),
      ...uses.map(({ token, providers }) => line(`Can use ${token}`, `Peut utiliser ${token}`, providers.join(', ') || nobody)),
      neededBy.length > 0 && line('Would stop with it', 'S’arrêteraient avec lui', neededBy.join(', ')),
      ...problems.map((problem) => `  ! ${new Date(problem.time).toISOString()} ${problem.text[language]}`),
    )
  })
}

export function flowText(flow: readonly HookFlow[]): Text {
  if (flow.length === 0) return text('No plugin stands at any hook.', 'Aucun plugin ne se tient à un crochet.')
  const one = ({ hook, callers, taps }: HookFlow) =>
    `${hook}: ${callers.join(', ') || '—'} → ${taps.map(({ plugin, stage }) => `${plugin} (${stage})`).join(' → ') || '—'}`
  return inBoth(() => flow.map(one).join('\n'))
}

export function profileText(rows: readonly { id: string; import: number; start: number; total: number }[]): Text {
  const ms = (n: number) => `${n.toFixed(1)} ms`
  return inBoth((language) =>
    table([
      language === 'fr' ? ['plugin', 'import', 'démarrage', 'total'] : ['plugin', 'import', 'start', 'total'],
      ...rows.map((row) => [row.id, ms(row.import), ms(row.start), ms(row.total)]),
    ]),
  )
}

export function switchedText({ id, state }: PluginInfo, alsoStopped: readonly string[]): Text {
  const word = stateWords[state]
  const others = plural(alsoStopped.length, {
    en: { one: '# plugin that needs it stopped too', other: '# plugins that need it stopped too' },
    fr: { one: '# plugin qui en a besoin s’est arrêté aussi', other: '# plugins qui en ont besoin se sont arrêtés aussi' },
  })
  if (alsoStopped.length === 0) return text(`${id}: ${word.en}`, `${id} : ${word.fr}`)
  const names = alsoStopped.join(', ')
  return text(`${id}: ${word.en} (${others.en}: ${names})`, `${id} : ${word.fr} (${others.fr} : ${names})`)
}

export function configText({ id, config, configSchema }: PluginInfo): Text {
  const properties = Object.entries(
    (configSchema['properties'] ?? {}) as Record<string, { 'x-title'?: Text; enum?: unknown[]; type?: string | string[] }>,
  )
  if (properties.length === 0) return text(`${id} has no settings.`, `${id} n’a pas de réglages.`)
  return inBoth((language) =>
    table(
      properties.map(([key, { 'x-title': title, enum: choices, type }]) => {
        const value = JSON.stringify((config as Record<string, unknown>)[key])
        return [
          `${key}=${value ?? '—'}`,
          title?.[language] ?? '',
          choices?.map(String).join(' | ') ?? [type ?? []].flat().join(' | '),
        ]
      }),
    ),
  )
}

/** A shape for each state, so that nobody needs colour. */
const signs: Record<PluginState, string> = {
  found: '·',
  checked: '·',
  planned: '…',
  starting: '…',
  running: '●',
  stopping: '…',
  stopped: '○',
  disabled: '○',
  standby: '◌',
  blocked: '■',
  failed: '▲',
  quarantined: '▲',
}

function inOrder(list: readonly PluginInfo[]): PluginInfo[] {
  const rank = ({ state }: PluginInfo) => ['running', 'failed', 'quarantined', 'blocked', 'standby'].indexOf(state) + 1 || 9
  return list.toSorted((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id))
}

function inBoth(say: (language: Language) => string): Text {
  return Object.fromEntries(languages.map((language) => [language, say(language)])) as Record<Language, string>
}

function lines(...all: readonly (string | false | undefined)[]): string {
  return all.filter((line) => typeof line === 'string').join('\n')
}

/** Columns as wide as their widest cell; the last one runs free. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
