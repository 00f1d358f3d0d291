import { Command, CommanderError, Option, type OptionValues } from 'commander'
import { PalabreError, sdkVersion, text, type Language, type Text } from '@palabre/sdk'
import type { CommandSpec } from '@palabre/sdk/contract/command'
import { argumentsOf, flagOf, valueOf, type Argument } from './arguments.ts'
import { globalOptions } from './globals.ts'

/** A verb of the host itself, beside those that plugins bring. */
export interface HostVerb {
  readonly spec: CommandSpec
  run(args: Record<string, unknown>): Promise<void>
}

export interface PluginVerb {
  readonly spec: CommandSpec
  readonly shown: boolean
  /** Title of the plugin that brings it, which stands beside its group in the help. */
  readonly from: Text
}

export interface ProgramOptions {
  readonly language: Language
  /** Commands of plugins; those of plugins that are off work as a clear refusal and are left out of the help. */
  readonly commands: readonly PluginVerb[]
  readonly verbs: readonly HostVerb[]
  run(id: string, args: Record<string, unknown>): Promise<void>
}

/** Maps commands to verbs: `plugins.list` is `palabre plugins list`. Throws `bad-argument` for a line that makes no sense. */
export async function runProgram({ language, commands, verbs, run }: ProgramOptions, line: readonly string[]): Promise<void> {
  const root = verb(new Command('palabre'), language)
  root.description(say('Private conversation without a centre', 'La conversation privée, sans centre'))
  root.version(sdkVersion, '--version', say('print the version', 'afficher la version'))
  for (const option of globalOptions) root.addOption(new Option(option.flags, option.title[language]))
  root.addHelpText(
    'after',
    `\n${say('Exit codes: 0 done, 1 failed here, 2 something to change (line, plugins.json), 3 the peer or the network.', 'Codes de sortie : 0 fait, 1 échec ici, 2 quelque chose à changer (ligne, plugins.json), 3 le pair ou le réseau.')}`,
  )

  for (const { spec, run: act } of verbs)
    addVerb(root, { spec, shown: true, from: text('Create something new', 'Créer quelque chose') }, language, act)
  for (const one of commands) addVerb(root, one, language, (args) => run(one.spec.id, args))

  try {
    await root.parseAsync(line, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return onCommanderError(error)
    throw error
  }

  function say(en: string, fr: string): string {
    return text(en, fr)[language]
  }
}

function addVerb(root: Command, { spec, shown, from }: PluginVerb, language: Language, act: HostVerb['run']): void {
  const words = spec.id.split('.')
  const parent = words.slice(0, -1).reduce((above, word) => group(above, word, { language, shown, title: from[language] }), root)
  const args = argumentsOf(spec)
  const command = verb(parent.command(words.at(-1)!, { hidden: !shown }), language)
    .summary(spec.title[language])
    .description(spec.title[language])

  for (const argument of args) {
    if (argument.positional)
      command.argument(argument.kind === 'many' ? `[${argument.name}...]` : `[${argument.name}]`, argument.title[language])
    command.addOption(optionFor(argument, language))
  }
  command.action(async (...parts: unknown[]) => {
    const options = parts.at(-2) as OptionValues
    await act(collect(args, parts.slice(0, -2) as (string | string[] | undefined)[], options))
  })
}

/** Each argument by its name, or by its place; given both ways, the name wins. */
function collect(
  args: readonly Argument[],
  placed: (string | string[] | undefined)[],
  options: OptionValues,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const argument of args) {
    const inPlace = argument.positional ? placed.shift() : undefined
    const typed = (options[argument.name] as string | string[] | boolean | undefined) ?? inPlace
    if (typed !== undefined && !(Array.isArray(typed) && typed.length === 0)) values[argument.name] = valueOf(argument, typed)
  }
  return values
}

function optionFor(argument: Argument, language: Language): Option {
  const flag = flagOf(argument)
  const form = {
    flag: '',
    text: ` <${argument.name}>`,
    number: ` <${argument.name}>`,
    json: ' <json>',
    many: ` <${argument.name}...>`,
  }[argument.kind]
  const option = new Option(`${flag}${form}`, argument.title[language])
  if (argument.choices !== undefined) option.choices([...argument.choices])
  // By its name in the schema, whatever the flag looks like.
  option.attributeName = () => argument.name
  return option.hideHelp(argument.positional)
}

function group(
  above: Command,
  word: string,
  { language, shown, title }: { language: Language; shown: boolean; title: string },
): Command {
  const known = above.commands.find((command) => command.name() === word)
  if (known !== undefined) return known
  const made = verb(above.command(word, { hidden: !shown }), language).description(title)
  made.action(() => made.help())
  return made
}

/** Settings that a sub-command does not inherit by itself. */
function verb(command: Command, language: Language): Command {
  const titles: Record<string, Text> = {
    'Usage:': text('Usage:', 'Usage :'),
    'Options:': text('Options:', 'Options :'),
    'Commands:': text('Commands:', 'Commandes :'),
    'Arguments:': text('Arguments:', 'Arguments :'),
  }
  return command
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .configureHelp({ styleTitle: (title) => titles[title]?.[language] ?? title, showGlobalOptions: false, sortSubcommands: false })
    .helpOption('-h, --help', text('show help', 'afficher l’aide')[language])
    .helpCommand(false)
    .showSuggestionAfterError(true)
}

/** Help and version are answers, everything else is a line to correct. */
function onCommanderError(error: CommanderError): void {
  if (error.exitCode === 0) return
  const english = error.message.replace(/^error: /, '')
  throw new PalabreError('bad-argument', translated(error.code, english), {
    todo: text('See: palabre --help', 'Voyez : palabre --help'),
  })
}

function translated(code: string, english: string): Text {
  const quoted = /'([^']*)'/.exec(english)?.[1] ?? ''
  const meant = /Did you mean (.+)\?/.exec(english)?.[1]
  const suggestion = meant === undefined ? '' : ` Vouliez-vous dire ${meant} ?`
  const french: Record<string, string> = {
    'commander.unknownCommand': `commande inconnue « ${quoted} ».${suggestion}`,
    'commander.unknownOption': `option inconnue « ${quoted} ».${suggestion}`,
    'commander.excessArguments': 'trop d’arguments.',
    'commander.optionMissingArgument': `l’option « ${quoted} » demande une valeur.`,
    'commander.invalidArgument': `valeur refusée : ${english}`,
  }
  return text(english.replaceAll('\n', ' '), french[code] ?? english)
}
