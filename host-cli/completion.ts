import { languages } from '@palabre/sdk'
import type { CommandSpec } from '@palabre/sdk/contract/command'
import { argumentsOf, flagOf, type Argument } from './arguments.ts'
import { globalOptions, withoutGlobals } from './globals.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** The scripts only ask `palabre` itself, so that they never grow old. */
export function completionScript(shell: Shell): string {
  return scripts[shell]
}

/** What can stand where the last of `words` begins; nothing where a file or a free word belongs. */
export function candidatesFor(words: readonly string[], specs: readonly CommandSpec[], plugins: readonly string[]): string[] {
  const typed = words.at(-1) ?? ''
  return [...new Set(offered(words.slice(0, -1), specs, plugins))].filter((word) => word.startsWith(typed)).toSorted()
}

function offered(before: readonly string[], specs: readonly CommandSpec[], plugins: readonly string[]): readonly string[] {
  const ofGlobal = globalOptions.find(({ flag, value }) => value !== undefined && flag === before.at(-1))
  if (ofGlobal !== undefined) return ofGlobal.flag === '--lang' ? languages : []
  const words = withoutGlobals(before)
  const paths = specs.map((spec) => ({ spec, path: spec.id.split('.') }))
  const exact = paths.find(({ path }) => path.every((word, i) => words[i] === word))
  if (exact !== undefined) return argumentWords(exact.spec, words.slice(exact.path.length), plugins)
  const next = paths.filter(({ path }) => words.every((word, i) => path[i] === word)).map(({ path }) => path[words.length]!)
  return next.length > 0 ? [...next, ...globalFlags] : []
}

function argumentWords(spec: CommandSpec, words: readonly string[], plugins: readonly string[]): readonly string[] {
  const args = argumentsOf(spec)
  const valuesOf = ({ name, choices }: Argument) => choices?.map(String) ?? (name === 'plugin' ? plugins : [])
  const named = argumentNamed(args, words.at(-1))
  if (named !== undefined) return valuesOf(named)

  const inPlace = words.filter((word, i) => !word.startsWith('-') && argumentNamed(args, words[i - 1]) === undefined)
  const open = args.filter((argument) => !words.includes(flagOf(argument)))
  const next = open.filter(({ positional }) => positional)[inPlace.length]
  const flags = open.filter(({ positional }) => !positional).map(flagOf)
  return [...(next === undefined ? [] : valuesOf(next)), ...flags, ...globalFlags]
}

/** The argument whose value must follow the word. */
function argumentNamed(args: readonly Argument[], word: string | undefined): Argument | undefined {
  return args.find((argument) => argument.kind !== 'flag' && flagOf(argument) === word)
}

const globalFlags = [...globalOptions.map(({ flag }) => flag), '--help']

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
  if [[ -n $found[1] ]]; then compadd -a found; else _files; fi
}
compdef _palabre palabre
`,
  fish: `complete -c palabre -f -a '(set -l words (commandline -opc) (commandline -ct); palabre __complete -- $words[2..-1] 2>/dev/null)'
`,
} satisfies Record<Shell, string>
