import type { Command } from 'commander'
import { text, type Language, type Text } from '@palabre/sdk'
import type { Argument } from './arguments.ts'
import { printable } from './show.ts'

export const exitCodesText = text(
  `Exit codes:
  0    done
  1    failed on our side
  2    something to change: the line, or plugins.json
  3    the peer or the network
  130  interrupted before it was done`,
  `Codes de sortie :
  0    fait
  1    échec de notre côté
  2    quelque chose à changer : la ligne, ou plugins.json
  3    le pair ou le réseau
  130  interrompu avant la fin`,
)

/** What follows a verb: `<plugin> [changes...] [options]`. */
export function usageOf(args: readonly Argument[]): string {
  const places = args.filter(({ positional }) => positional).map(placeOf)
  const named = args.some(({ positional }) => !positional)
  // A blank one, or the parser would write its own.
  return [...places, ...(named ? ['[options]'] : [])].join(' ') || ' '
}

export function describedAs({ title, choices }: Argument, language: Language): string {
  if (choices === undefined) return title[language]
  return text(`${title.en} (one of: ${choices.join(', ')})`, `${title.fr} (au choix : ${choices.join(', ')})`)[language]
}

/** Help in the reader's language, and with nothing in it that a terminal would obey: titles come from plugins. */
export function giveHelp(command: Command, language: Language): Command {
  return command
    .configureOutput({ writeOut: (help) => void process.stdout.write(printable(help)), writeErr: () => undefined })
    .configureHelp({
      styleTitle: (title) => titles[title]?.[language] ?? title,
      subcommandDescription: (sub) => sub.description() || verbsIn(sub),
      subcommandTerm: (sub) => `${sub.name()} ${sub.usage()}`.trimEnd(),
      commandUsage: (one) => [...namesTo(one), one.usage().trim()].join(' ').trimEnd(),
    })
    .helpOption('-h, --help', text('show help', 'afficher l’aide')[language])
    .helpCommand(false)
}

const titles: Record<string, Text> = {
  'Usage:': text('Usage:', 'Usage :'),
  'Options:': text('Options:', 'Options :'),
  'Commands:': text('Commands:', 'Commandes :'),
  'Arguments:': text('Arguments:', 'Arguments :'),
}

/** A group says what is in it; several plugins may have put it there, and one may be switched off tomorrow. */
function verbsIn(group: Command): string {
  return group
    .createHelp()
    .visibleCommands(group)
    .map((one) => one.name())
    .join(', ')
}

function namesTo(command: Command): string[] {
  return [...(command.parent === null ? [] : namesTo(command.parent)), command.name()]
}

function placeOf(argument: Argument): string {
  const name = argument.kind === 'many' ? `${argument.name}...` : argument.name
  return argument.required ? `<${name}>` : `[${name}]`
}
