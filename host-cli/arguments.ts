import { PalabreError, text, type JsonSchema, type Text } from '@palabre/sdk'
import type { CommandSpec } from '@palabre/sdk/contract/command'

/** One argument of a command as the command line sees it, from the command's JSON Schema. */
export interface Argument {
  readonly name: string
  readonly title: Text
  readonly kind: 'flag' | 'text' | 'number' | 'many' | 'json'
  readonly choices: readonly string[] | undefined
  readonly required: boolean
  readonly positional: boolean
}

export function argumentsOf({ args = {}, positional = [] }: CommandSpec): Argument[] {
  const required = (args['required'] ?? []) as string[]
  const properties = (args['properties'] ?? {}) as Record<string, JsonSchema>
  const all = Object.entries(properties).map(([name, schema]) => ({
    name,
    title: (schema['x-title'] as Text | undefined) ?? text(name, name),
    kind: kindOf(schema),
    choices: Array.isArray(schema['enum']) ? schema['enum'].map(String) : undefined,
    required: required.includes(name),
    positional: positional.includes(name),
  }))
  const place = ({ name }: Argument) => (positional.includes(name) ? positional.indexOf(name) : positional.length)
  return all.toSorted((a, b) => place(a) - place(b))
}

/** `peerName` is written `--peer-name`. */
export function flagOf({ name }: Argument): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** What was typed, as the schema wants it; the schema itself has the last word later. */
export function valueOf(argument: Argument, typed: string | string[] | boolean): unknown {
  if (argument.kind === 'number') return numberOf(argument, String(typed))
  if (argument.kind === 'json') return jsonOf(argument, String(typed))
  return typed
}

function kindOf(schema: JsonSchema): Argument['kind'] {
  if (schema['type'] === 'boolean') return 'flag'
  if (schema['type'] === 'integer' || schema['type'] === 'number') return 'number'
  if (schema['type'] === 'array') return 'many'
  return schema['type'] === 'object' ? 'json' : 'text'
}

function numberOf(argument: Argument, typed: string): number {
  const value = Number(typed)
  if (typed.trim() !== '' && Number.isFinite(value)) return value
  throw new PalabreError(
    'bad-argument',
    text(`${flagOf(argument)} wants a number, not "${typed}"`, `${flagOf(argument)} demande un nombre, pas « ${typed} »`),
  )
}

function jsonOf(argument: Argument, typed: string): unknown {
  try {
    return JSON.parse(typed) as unknown
  } catch {
    throw new PalabreError(
      'bad-argument',
      text(`${flagOf(argument)} wants JSON, not "${typed}"`, `${flagOf(argument)} demande du JSON, pas « ${typed} »`),
    )
  }
}
