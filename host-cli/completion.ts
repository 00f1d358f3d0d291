import { PalabreError, text } from '@palabre/sdk'
import type { CommandSpec } from '@palabre/sdk/contract/command'
import { argumentsOf, flagOf } from './arguments.ts'
import { globalOptions } from './globals.ts'

export const shells = ['bash', 'zsh', 'fish'] as const

/** The scripts only ask `palabre` itself, so that they never grow old. */
export function completionScript(shell: string): string {
  const script = scripts[shell as (typeof shells)[number]]
  if (script !== undefined) return script
  throw new PalabreError(
    'bad-argument',
    text(`no completion for the shell "${shell}"`, `pas de complétion pour le shell « ${shell} »`),
    {
      todo: text(`One of: ${shells.join(', ')}`, `Au choix : ${shells.join(', ')}`),
    },
  )
}

/** What can stand where the last of `words` begins. */
export function candidatesFor(words: readonly string[], specs: readonly CommandSpec[], plugins: readonly string[]): string[] {
  const typed = words.at(-1) ?? ''
  const before = words.slice(0, -1).filter((word) => !word.startsWith('-'))
  const paths = specs.map((spec) => ({ spec, path: spec.id.split('.') }))
  const exact = paths.find(({ path }) => path.every((word, i) => before[i] === word))
  const offered = exact === undefined ? nextWords(paths, before) : [...argumentWords(exact.spec, words, plugins), ...globalFlags()]
  return [...new Set(offered)].filter((word) => word.startsWith(typed)).sort()
}

function nextWords(paths: readonly { path: readonly string[] }[], before: readonly string[]): string[] {
  const below = paths.filter(({ path }) => before.every((word, i) => path[i] === word)).map(({ path }) => path[before.length])
  return [...below.filter((word) => word !== undefined), ...(before.length === 0 ? globalFlags() : [])]
}

function argumentWords(spec: CommandSpec, words: readonly string[], plugins: readonly string[]): string[] {
  const args = argumentsOf(spec)
  const previous = words.at(-2) ?? ''
  const named = args.find((argument) => flagOf(argument) === previous)
  const wanted = named === undefined ? args.filter(({ positional }) => positional) : [named]
  const values = wanted.flatMap(({ name, choices }) => choices ?? (name === 'plugin' ? plugins : []))
  return named === undefined ? [...values, ...args.filter(({ positional }) => !positional).map(flagOf)] : values
}

function globalFlags(): string[] {
  return [...globalOptions.map(({ flags }) => flags.split(' ')[0]!), '--help']
}

const scripts = {
  bash: `_palabre() {
  local IFS=$'\\n'
  COMPREPLY=($(palabre __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _palabre palabre
`,
  zsh: `#compdef palabre
_palabre() {
  local -a found
  found=("\${(@f)$(palabre __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a found
}
compdef _palabre palabre
`,
  fish: `complete -c palabre -f -a '(set -l words (commandline -opc) (commandline -ct); palabre __complete -- $words[2..-1] 2>/dev/null)'
`,
} satisfies Record<(typeof shells)[number], string>
