import type { Text } from './text.ts'

/** The closed set of error codes, by who must act. To the network all failures of cryptography look the same. */
const actors = {
  'bad-argument': 'caller',
  'bad-settings': 'caller',
  'bad-manifest': 'caller',
  'bad-plugin': 'caller',
  'unknown-plugin': 'caller',
  'unknown-command': 'caller',
  'wrong-host': 'caller',
  'wrong-version': 'caller',
  'missing-provider': 'caller',
  'ambiguous-provider': 'caller',
  cycle: 'caller',
  'not-declared': 'caller',
  'switched-off': 'caller',
  denied: 'caller',
  cancelled: 'caller',
  'too-large': 'caller',
  'peer-misbehaved': 'peer',
  'peer-unknown': 'peer',
  unreachable: 'network',
  'timed-out': 'network',
  closed: 'network',
  'plugin-failed': 'us',
  'plugin-too-slow': 'us',
  'storage-failed': 'us',
  internal: 'us',
} as const

export type Code = keyof typeof actors
export type Actor = (typeof actors)[Code]

export function isCode(value: unknown): value is Code {
  return typeof value === 'string' && Object.hasOwn(actors, value)
}

export interface ErrorDetails {
  /** The plugin it happened in. */
  readonly plugin?: string
  /** What the reader can do now. */
  readonly todo?: Text
  readonly cause?: unknown
}

const mark = Symbol.for('palabre/error@1')

/** An error meant to be read: what is wrong and what to do, in both languages; `message` is the English one. */
export class PalabreError extends Error {
  override readonly name = 'PalabreError'
  readonly code: Code
  readonly actor: Actor
  readonly text: Text
  readonly todo: Text | undefined
  readonly plugin: string | undefined
  readonly [mark] = true

  constructor(code: Code, text: Text, details: ErrorDetails = {}) {
    super(text.en, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.actor = actors[code]
    this.text = text
    this.todo = details.todo
    this.plugin = details.plugin
  }
}

/** True for errors of any copy of the sdk. */
export function isPalabreError(error: unknown): error is PalabreError {
  return error instanceof Error && mark in error
}

/** What any thrown thing says of itself, in one line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What any thrown thing says of itself, as a person reads it. */
export function textOf(error: unknown): Text {
  if (isPalabreError(error)) return error.text
  const message = messageOf(error)
  return { en: message, fr: message }
}
