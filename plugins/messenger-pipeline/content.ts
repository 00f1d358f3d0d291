import { utf8 } from '@palabre/sdk'
import { limits } from './limits.ts'

/** What people and their programs say to each other inside the encryption. */
export type Content =
  | { readonly kind: 'hello'; readonly invite: string; readonly card: Card }
  | { readonly kind: 'card'; readonly card: Card }
  | TextContent
  | { readonly kind: 'edit'; readonly id: string; readonly text: string; readonly at: number }
  | { readonly kind: 'delete'; readonly id: string; readonly at: number }
  | { readonly kind: 'react'; readonly id: string; readonly reaction: string | undefined }
  | { readonly kind: 'read'; readonly upTo: string }
  | { readonly kind: 'typing' }
  | { readonly kind: 'fuse'; readonly fuse: number | undefined }

export interface TextContent {
  readonly kind: 'text'
  readonly id: string
  readonly text: string
  readonly at: number
  readonly replyTo?: string | undefined
  readonly fuse?: number | undefined
}

/** How we are called and reached, and what a lost session can be begun from again. */
export interface Card {
  readonly name: string
  readonly hints: Readonly<Record<string, unknown>>
  /** base64url */
  readonly offer: string
}

export function encodeContent(content: Content): Uint8Array {
  return utf8.encode(JSON.stringify(content))
}

/** Undefined for what is none: a newer program may say more than we understand. */
export function decodeContent(bytes: Uint8Array): Content | undefined {
  const said = objectIn(bytes)
  if (said === undefined) return undefined
  switch (said['kind']) {
    case 'hello': {
      const card = cardIn(said['card'])
      return isId(said['invite']) && card !== undefined ? { kind: 'hello', invite: said['invite'], card } : undefined
    }
    case 'card': {
      const card = cardIn(said['card'])
      return card === undefined ? undefined : { kind: 'card', card }
    }
    case 'text':
      return textIn(said)
    case 'edit': {
      const { id, text, at } = said
      return isId(id) && isText(text) && isTime(at) ? { kind: 'edit', id, text, at } : undefined
    }
    case 'delete': {
      const { id, at } = said
      return isId(id) && isTime(at) ? { kind: 'delete', id, at } : undefined
    }
    case 'react': {
      const { id, reaction } = said
      return isId(id) && (reaction === undefined || isReaction(reaction)) ? { kind: 'react', id, reaction } : undefined
    }
    case 'read':
      return isId(said['upTo']) ? { kind: 'read', upTo: said['upTo'] } : undefined
    case 'typing':
      return { kind: 'typing' }
    case 'fuse': {
      const { fuse } = said
      return fuse === undefined || isFuse(fuse) ? { kind: 'fuse', fuse } : undefined
    }
    default:
      return undefined
  }
}

function textIn(said: Readonly<Record<string, unknown>>): TextContent | undefined {
  const { id, text, at, replyTo, fuse } = said
  if (!isId(id) || !isText(text) || !isTime(at)) return undefined
  return { kind: 'text', id, text, at, replyTo: isId(replyTo) ? replyTo : undefined, fuse: isFuse(fuse) ? fuse : undefined }
}

function cardIn(value: unknown): Card | undefined {
  if (!isObject(value)) return undefined
  const { name, hints, offer } = value
  return typeof name === 'string' && isObject(hints) && typeof offer === 'string' ? { name, hints, offer } : undefined
}

function objectIn(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes) ?? '')
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

export function isText(value: unknown): value is string {
  return (
    typeof value === 'string' && value.isWellFormed() && value.length <= limits.text && utf8.encode(value).length <= limits.text
  )
}

export function isReaction(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && value !== '' && value.length <= limits.reaction
}

/** One each. */
export function withReaction(
  before: Readonly<Record<string, string>> | undefined,
  by: string,
  reaction: string | undefined,
): Readonly<Record<string, string>> {
  const { [by]: _, ...others } = before ?? {}
  return reaction === undefined ? others : { ...others, [by]: reaction }
}

export function isFuse(value: unknown): value is number {
  return isCount(value) && value >= limits.fuse.least && value <= limits.fuse.most
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const isTime = isCount

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
