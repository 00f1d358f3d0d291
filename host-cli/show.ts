import { isPalabreError, messageOf, type Language } from '@palabre/sdk'
import type { Reply } from '@palabre/sdk/contract/command'

/** Prints answers: data on standard output, all else on standard error. */
export interface Shower {
  reply(reply: Reply): void
  error(error: unknown): void
}

export function createShower(language: Language, json: boolean): Shower {
  return {
    reply(reply) {
      const line = json ? printable(JSON.stringify(reply.data ?? null)) : plain(reply, language)
      if (line !== undefined && line !== '') process.stdout.write(`${line}\n`)
    },
    error: (error) => void process.stderr.write(`${json ? jsonError(error) : plainError(error, language)}\n`),
  }
}

function plain({ data, text }: Reply, language: Language): string | undefined {
  if (text !== undefined) return printable(text[language])
  if (data === undefined || data === null) return undefined
  return printable(typeof data === 'string' ? data : JSON.stringify(data, null, 2))
}

function jsonError(error: unknown): string {
  const { code, text, todo } = isPalabreError(error) ? error : { code: 'internal', text: undefined, todo: undefined }
  return printable(JSON.stringify({ error: { code, message: messageOf(error), text, todo } }))
}

function plainError(error: unknown, language: Language): string {
  if (!isPalabreError(error)) return printable(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return printable([error.text[language], error.todo?.[language]].filter((line) => line !== undefined).join('\n'))
}

/**
 * Names and messages of others must not move the cursor, colour the screen, ring the bell or turn the line round. Written out like
 * this they mean the same inside JSON.
 */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
