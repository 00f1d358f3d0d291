import { isCode, isPalabreError, messageOf, PalabreError, type Code } from '../error.ts'
import { text, type Text } from '../text.ts'
import type { Reply } from './command.ts'

/**
 * What crosses the socket between a face and its kernel: JSON, one message in a text frame. The face opens with `hello`; after
 * `welcome` it asks, each request under a number of its own. `run` and `commands` get one `reply` or an `error`; `stream` gets any
 * number of replies, then `end` or `error`, and is never further ahead than `window` replies that `more` has not accounted for.
 * `cancel` aborts the command's signal; how the command then ends is told as always.
 */
export type FaceMessage =
  | { readonly kind: 'hello'; readonly version: number; readonly proof: 'token' | 'session'; readonly secret: string }
  | { readonly kind: 'commands'; readonly id: number }
  | { readonly kind: 'run'; readonly id: number; readonly command: string; readonly args: object }
  | { readonly kind: 'stream'; readonly id: number; readonly command: string; readonly args: object }
  | { readonly kind: 'more'; readonly id: number; readonly count: number }
  | { readonly kind: 'cancel'; readonly id: number }

export type KernelMessage =
  | { readonly kind: 'welcome'; readonly session: string }
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'error'; readonly id: number; readonly error: WireError }

export interface WireError {
  readonly code: string
  readonly text: Text
  readonly todo?: Text
  readonly plugin?: string
}

export const portWire = {
  version: 1,
  path: '/port',
  /** Replies of a stream on their way. */
  window: 32,
  /** Bytes a face may send in one message, before and after `welcome`. */
  largestHello: 64 * 1024,
  largestMessage: 1024 * 1024,
} as const

/** Why a kernel closes the socket; the last two are the protocol's own. */
export const portClose = {
  malformed: 4400,
  refused: 4401,
  tooSlow: 4408,
  wrongVersion: 4426,
  tooMany: 4429,
  tooLarge: 1009,
  leaving: 1001,
} as const

/** Undefined for anything that is not exactly a message of a face. */
export function readFaceMessage(frame: string): FaceMessage | undefined {
  return read(frame, faceShapes) as FaceMessage | undefined
}

/** Undefined for anything that is not exactly a message of a kernel. */
export function readKernelMessage(frame: string): KernelMessage | undefined {
  return read(frame, kernelShapes) as KernelMessage | undefined
}

/** Whether these arguments may cross: one plain object, not too deep, with no key that could reach into prototypes. */
export function areWireArgs(args: unknown): args is object {
  return isPlainObject(args) && isHarmless(args)
}

/** The reply as it may cross: a plugin in plain JavaScript can say anything, and only its own answer may suffer for it. */
export function replyToWire({ data, text }: Reply): Reply {
  return isText(text) ? { data, text: text! } : { data }
}

/** What is told of a command that failed, whatever it threw. */
export function errorToWire(error: unknown, command: string): WireError {
  const { code, text, todo, plugin } = isPalabreError(error) ? error : failed(command, error)
  return { code, text, ...(todo === undefined ? {} : { todo }), ...(plugin === undefined ? {} : { plugin }) }
}

/** A code this sdk does not know comes from a newer kernel. */
export function wireToError({ code, text, todo, plugin }: WireError): PalabreError {
  const known: Code = isCode(code) ? code : 'internal'
  return new PalabreError(known, text, { ...(todo === undefined ? {} : { todo }), ...(plugin === undefined ? {} : { plugin }) })
}

function failed(command: string, error: unknown): PalabreError {
  const said = messageOf(error)
  return new PalabreError('plugin-failed', text(`"${command}" failed: ${said}`, `« ${command} » a échoué : ${said}`))
}

type Check = (value: unknown) => boolean
type Shape = Readonly<Record<string, Check>>

const isString: Check = (value) => typeof value === 'string'
const isSecret: Check = (value) => typeof value === 'string' && /^[\w-]{43}$/.test(value)
const isWhole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const isCount: Check = (value) => isWhole(value) && value !== 0
const isAnything: Check = () => true
const isText = shaped({ en: isString, fr: isString })
const isReply = shaped({}, { data: isAnything, text: isText })
const isError = shaped({ code: isString, text: isText }, { todo: isText, plugin: isString })

const faceShapes: Readonly<Record<string, Check>> = {
  hello: message({ version: isWhole, proof: (value) => value === 'token' || value === 'session', secret: isSecret }),
  commands: message({ id: isWhole }),
  run: message({ id: isWhole, command: isString, args: areWireArgs }),
  stream: message({ id: isWhole, command: isString, args: areWireArgs }),
  more: message({ id: isWhole, count: isCount }),
  cancel: message({ id: isWhole }),
}

const kernelShapes: Readonly<Record<string, Check>> = {
  welcome: message({ session: isSecret }),
  reply: message({ id: isWhole, reply: isReply }),
  end: message({ id: isWhole }),
  error: message({ id: isWhole, error: isError }),
}

function read(frame: string, shapes: Readonly<Record<string, Check>>): unknown {
  const value = parsed(frame)
  if (!isPlainObject(value)) return undefined
  const { kind } = value
  return typeof kind === 'string' && Object.hasOwn(shapes, kind) && shapes[kind]!(value) ? value : undefined
}

function parsed(frame: string): unknown {
  try {
    return JSON.parse(frame) as unknown
  } catch {
    return undefined
  }
}

function message(fields: Shape): Check {
  return shaped({ kind: isString, ...fields })
}

/** All of the required keys, some of the optional ones, no other. */
function shaped(required: Shape, optional: Shape = {}): Check {
  const names = Object.keys(required)
  return (value) =>
    isPlainObject(value) &&
    names.every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, inner]) => (own(required, name) ?? own(optional, name))?.(inner) === true)
}

function own(shape: Shape, name: string): Check | undefined {
  return Object.hasOwn(shape, name) ? shape[name] : undefined
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const deepest = 64
const reachesPrototypes = new Set(['__proto__', 'constructor', 'prototype'])

function isHarmless(root: object): boolean {
  let level: object[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === deepest || level.some((value) => Object.keys(value).some((key) => reachesPrototypes.has(key)))) return false
    level = level.flatMap((value) => Object.values(value).filter((inner) => typeof inner === 'object' && inner !== null))
  }
  return true
}
