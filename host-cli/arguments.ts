import { PalabreError, text, type JsonSchema, type Text } from '@palabre/sdk'
import type { CommandSpec } from '@palabre/sdk/contract/command'
import { nearest } from '@palabre/kernel/reading'

/** One argument of a command as the command line sees it, from the command's JSON Schema. */
export interface Argument {
  readonly name: string
  readonly title: Text
  readonly kind: Kind | 'many'
  /** Of each value, where there can be many. */
  readonly each: Kind
  readonly choices: readonly (string | number)[] | undefined
  readonly required: boolean
  readonly positional: boolean
  /** Left out, or written `-`, it is what was piped in. */
  readonly fromInput: boolean
  /** A switch that is on when nobody speaks of it is written `--no-…`. */
  readonly onByDefault: boolean
}

type Kind = 'flag' | 'text' | 'number' | 'json'

export function argumentsOf({ args = {}, positional = [] }: CommandSpec): Argument[] {
  const required = (args['required'] ?? []) as string[]
  const properties = (args['properties'] ?? {}) as Record<string, JsonSchema>
  const all = Object.entries(properties).map(([name, schema]): Argument => {
    const many = schema['type'] === 'array'
    const one = many ? ((schema['items'] ?? {}) as JsonSchema) : schema
    return {
      name,
      title: (schema['x-title'] as Text | undefined) ?? text(name, name),
      kind: many ? 'many' : kindOf(one),
      each: kindOf(one),
      choices: Array.isArray(one['enum']) ? (one['enum'] as (string | number)[]) : undefined,
      required: required.includes(name),
      positional: positional.includes(name),
      fromInput: schema['x-stdin'] === true,
      onByDefault: schema['default'] === true,
    }
  })
  const place = ({ name }: Argument) => (positional.includes(name) ? positional.indexOf(name) : positional.length)
  return all.toSorted((a, b) => place(a) - place(b))
}

/** `peerName` is written `--peer-name`. */
export function flagOf({ name, onByDefault }: Pick<Argument, 'name' | 'onByDefault'>): string {
  return `--${onByDefault ? 'no-' : ''}${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** What was typed, as the schema wants it; the schema itself has the last word later. */
export function valueOf(argument: Argument, typed: string | readonly string[] | boolean): unknown {
  if (typeof typed === 'boolean') return typed
  return typeof typed === 'string' ? oneOf(argument, typed) : typed.map((word) => oneOf(argument, word))
}

function kindOf(schema: JsonSchema): Kind {
  const type = schema['type'] ?? (Array.isArray(schema['enum']) ? typeof schema['enum'][0] : undefined)
  if (type === 'boolean') return 'flag'
  if (type === 'integer' || type === 'number') return 'number'
  return type === 'object' ? 'json' : 'text'
}

function oneOf(argument: Argument, typed: string): unknown {
  const value = argument.each === 'number' ? numberOf(argument, typed) : argument.each === 'json' ? jsonOf(argument, typed) : typed
  if (argument.choices?.includes(value as string) === false) throw notAChoice(argument, typed, argument.choices)
  return value
}

function numberOf(argument: Argument, typed: string): number {
  const value = Number(typed)
  if (typed.trim() !== '' && Number.isFinite(value)) return value
  const called = callOf(argument)
  throw new PalabreError(
    'bad-argument',
    text(`${called} wants a number, not "${typed}"`, `${called} demande un nombre, pas « ${typed} »`),
  )
}

function jsonOf(argument: Argument, typed: string): unknown {
  try {
    return JSON.parse(typed) as unknown
  } catch {
    const called = callOf(argument)
    throw new PalabreError(
      'bad-argument',
      text(`${called} wants JSON, not "${typed}"`, `${called} demande du JSON, pas « ${typed} »`),
      { todo: text(`In quotes: '{ "key": "value" }'`, `Entre apostrophes : '{ "clé": "valeur" }'`) },
    )
  }
}

function notAChoice(argument: Argument, typed: string, choices: readonly (string | number)[]): PalabreError {
  const called = callOf(argument)
  const list = choices.join(', ')
  const [meant] = nearest(typed, choices.map(String))
  return new PalabreError('bad-argument', text(`${called} cannot be "${typed}"`, `${called} ne peut valoir « ${typed} »`), {
    todo:
      meant === undefined
        ? text(`One of: ${list}`, `Au choix : ${list}`)
        : text(`Did you mean "${meant}"? One of: ${list}`, `Vouliez-vous dire « ${meant} » ? Au choix : ${list}`),
  })
}

/** As it stands in the help: `<plugin>` by its place, `--state` by its name. */
export function callOf(argument: Argument): string {
  return argument.positional ? `<${argument.name}>` : flagOf(argument)
}
