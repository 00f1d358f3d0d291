import { Command, Option } from 'commander'
import { PalabreError, sdkVersion, text, type Language, type Text } from '@palabre/sdk'
import type { CommandSpec } from '@palabre/sdk/contract/command'
import { argumentsOf, callOf, flagOf, valueOf, type Argument } from './arguments.ts'
import { globalOptions } from './globals.ts'
import { describedAs, exitCodesText, giveHelp, usageOf } from './help.ts'
import { AnsweredByHelp, readableErrors } from './line-errors.ts'
import { pipedIn } from './standard-input.ts'

/** A verb of the host itself, beside those that plugins bring. */
export interface HostVerb {
  readonly spec: CommandSpec
  run(args: Record<string, unknown>): Promise<void>
}

export interface PluginVerb {
  readonly spec: CommandSpec
  readonly shown: boolean
}

export interface ProgramOptions {
  readonly language: Language
  /** Commands of plugins; those of plugins that are off work as a clear refusal and are left out of the help. */
  readonly commands: readonly PluginVerb[]
  readonly verbs: readonly HostVerb[]
  run(spec: CommandSpec, args: Record<string, unknown>): Promise<void>
}

/** Maps commands to verbs: `plugins.list` is `palabre plugins list`. Throws `bad-argument` for a line that makes no sense. */
export async function runProgram({ language, commands, verbs, run }: ProgramOptions, line: readonly string[]): Promise<void> {
  const root = verb(new Command('palabre'), language)
    .description(text('Private conversation without a centre', 'La conversation privée, sans centre')[language])
    .usage(text('<command> [options]', '<commande> [options]')[language])
    .version(sdkVersion, '--version', text('print the version', 'afficher la version')[language])
    .addHelpText('after', `\n${exitCodesText[language]}`)
  for (const { flag, value, title } of globalOptions) {
    root.addOption(new Option(value === undefined ? flag : `${flag} <${value[language]}>`, title[language]))
  }
  for (const { spec, run: act } of verbs) addVerb(root, { spec, shown: true }, language, act)
  for (const one of commands) addVerb(root, one, language, (args) => run(one.spec, args))

  try {
    await root.parseAsync(line[0] === 'help' ? [...line.slice(1), '--help'] : line, { from: 'user' })
  } catch (error) {
    if (!(error instanceof AnsweredByHelp)) throw error
  }
}

function addVerb(root: Command, { spec, shown }: PluginVerb, language: Language, act: HostVerb['run']): void {
  const words = spec.id.split('.')
  const parent = words.slice(0, -1).reduce((above, word) => group(above, word, language, shown), root)
  const args = argumentsOf(spec)
  const command = verb(parent.command(words.at(-1)!, { hidden: !shown }), language)
    .description(spec.title[language])
    .usage(usageOf(args))
    .allowExcessArguments()

  for (const argument of args) {
    const title = describedAs(argument, language)
    if (argument.positional) command.argument(argument.kind === 'many' ? `[${argument.name}...]` : `[${argument.name}]`, title)
    command.addOption(optionFor(argument, title))
  }
  command.action(async () => act(await collect(spec.id, args, command)))
}

/** Each argument by its name, else by its place among those that nobody named, else from what was piped in where that is allowed. */
async function collect(id: string, args: readonly Argument[], command: Command): Promise<Record<string, unknown>> {
  const left = [...command.args]
  const named = ({ name }: Argument) =>
    command.getOptionValueSource(name) === 'cli' ? (command.getOptionValue(name) as string | string[] | boolean) : undefined
  const inPlace = ({ kind, positional }: Argument) => {
    if (!positional || left.length === 0) return undefined
    return kind === 'many' ? left.splice(0) : left.shift()
  }
  const values: Record<string, unknown> = {}
  for (const argument of args) {
    const typed = named(argument) ?? inPlace(argument)
    if (typed !== undefined) values[argument.name] = valueOf(argument, typed)
  }
  if (left[0] !== undefined) throw tooMuch(id, left)
  const piped = args.find(({ name, fromInput }) => fromInput && (values[name] === undefined || values[name] === '-'))
  if (piped !== undefined) values[piped.name] = await pipedIn()
  const forgotten = args.find(({ name, required }) => required && values[name] === undefined)
  if (forgotten !== undefined) throw missing(id, forgotten)
  return values
}

function optionFor(argument: Argument, title: string): Option {
  const form = {
    flag: '',
    text: ` <${argument.name}>`,
    number: ` <${argument.name}>`,
    json: ' <json>',
    many: ` <${argument.name}...>`,
  }
  const option = new Option(flagOf(argument) + form[argument.kind], title)
  // By its name in the schema, whatever the flag looks like.
  option.attributeName = () => argument.name
  return option.hideHelp(argument.positional)
}

function group(above: Command, word: string, language: Language, shown: boolean): Command {
  const known = above.commands.find((command) => command.name() === word)
  if (known !== undefined) return known
  const made = above.command(word, { hidden: !shown })
  return verb(made, language).usage(text('<command>', '<commande>')[language])
}

function verb(command: Command, language: Language): Command {
  return readableErrors(giveHelp(command, language))
}

function missing(id: string, argument: Argument): PalabreError {
  const line = id.replaceAll('.', ' ')
  return new PalabreError('bad-argument', text(`"${line}" wants ${callOf(argument)}`, `« ${line} » demande ${callOf(argument)}`), {
    todo: seeHelp(line),
  })
}

function tooMuch(id: string, left: readonly string[]): PalabreError {
  const line = id.replaceAll('.', ' ')
  const words = left.join(' ')
  return new PalabreError(
    'bad-argument',
    text(`"${line}" does not know what to do with "${words}"`, `« ${line} » ne sait que faire de « ${words} »`),
    { todo: seeHelp(line) },
  )
}

function seeHelp(line: string): Text {
  return text(`See: palabre ${line} --help`, `Voyez : palabre ${line} --help`)
}
