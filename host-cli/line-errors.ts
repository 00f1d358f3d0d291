import type { Command, CommanderError } from 'commander'
import { PalabreError, text } from '@palabre/sdk'
import { nearest } from '@palabre/kernel/reading'

/** Help or the version was asked for and has been printed. */
export class AnsweredByHelp extends Error {}

/** What the parser finds wrong with a line, in both languages, with the nearest thing that would be right. */
export function readableErrors(command: Command): Command {
  return command.exitOverride((error) => {
    // A group of verbs alone: its help is the answer.
    if (error.code === 'commander.help') command.outputHelp()
    if (error.exitCode === 0 || error.code === 'commander.help') throw new AnsweredByHelp()
    throw lineError(error, command)
  })
}

function lineError(error: CommanderError, at: Command): PalabreError {
  const english = error.message.replace(/^error: /, '')
  const word = /'([^']*)'/.exec(english)?.[1]?.split(' ')[0] ?? ''
  switch (error.code) {
    case 'commander.unknownCommand':
      return unknownVerb(at)
    case 'commander.unknownOption':
      return new PalabreError('bad-argument', text(`there is no option "${word}"`, `il n’y a pas d’option « ${word} »`), {
        todo: suggested(nearest(word, optionsFrom(at)), at),
      })
    case 'commander.optionMissingArgument':
      return new PalabreError('bad-argument', text(`${word} wants a value`, `${word} demande une valeur`), {
        todo: suggested([], at),
      })
    default:
      return new PalabreError('bad-argument', text(english, english), { todo: suggested([], at) })
  }
}

/** A verb beside the one meant, else a longer one that ends like it: `list` for `plugins list`. */
function unknownVerb(at: Command): PalabreError {
  const above = pathOf(at)
  const word = at.args[0] ?? ''
  const here = at.createHelp().visibleCommands(at)
  const beside = nearest(
    word,
    here.map((command) => command.name()),
  )
  const meant = beside.length > 0 ? beside : nearest(word, here.flatMap(below))
  const line = [...above, word].join(' ')
  return new PalabreError('bad-argument', text(`there is no command "${line}"`, `il n’y a pas de commande « ${line} »`), {
    todo: suggested(
      meant.map((name) => [...above, name].join(' ')),
      at,
    ),
  })
}

function below(command: Command): string[] {
  const inner = command.createHelp().visibleCommands(command)
  return inner.length === 0 ? [command.name()] : inner.flatMap(below).map((name) => `${command.name()} ${name}`)
}

function suggested(meant: readonly string[], at: Command) {
  const help = ['palabre', ...pathOf(at), '--help'].join(' ')
  if (meant.length === 0) return text(`See: ${help}`, `Voyez : ${help}`)
  return text(
    `Did you mean "${meant.join('" or "')}"? See: ${help}`,
    `Vouliez-vous dire « ${meant.join(' » ou « ')} » ? Voyez : ${help}`,
  )
}

/** The verb's words, without `palabre`. */
function pathOf(command: Command): string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()]
}

function optionsFrom(command: Command | null): string[] {
  if (command === null) return []
  const own = command.createHelp().visibleOptions(command)
  return [...own.flatMap(({ long }) => long ?? []), ...optionsFrom(command.parent)]
}
