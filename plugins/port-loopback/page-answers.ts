import { STATUS_CODES, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { Log } from '@palabre/sdk/contract/log'
import type { DoorGuard, Refusal } from './door-guard.ts'
import type { PageFiles } from './page-files.ts'

export interface AnswerParts {
  readonly guard: DoorGuard
  readonly files: PageFiles
  /** Sent with every answer. */
  readonly headers: Readonly<Record<string, string>>
  readonly log: Log
}

/** Gives out the files of the page, and nothing else to anybody. */
export function createPageAnswers({ guard, files, headers, log }: AnswerParts): RequestListener {
  // Node sends no body in answer to HEAD.
  const say = (response: ServerResponse, status: number, type: string, body: string | Buffer) =>
    response.writeHead(status, { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
  const refuse = (response: ServerResponse, { status, says }: Refusal) =>
    say(response, status, 'text/plain; charset=utf-8', `${status} ${STATUS_CODES[status]}: ${says}\n`)

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const refusal = guard.forFile(request)
    if (refusal !== undefined) {
      log.warn('request refused', { status: refusal.status, why: refusal.says })
      return refuse(response, refusal)
    }
    const file = await files
      .find(pathOf(request))
      .catch((error: Error) => log.error('a file was not read', { error: error.message }))
    if (file === undefined) return refuse(response, { status: 404, says: 'there is no such file' })
    return say(response, 200, file.type, file.bytes)
  }
  return (request, response) => void answer(request, response)
}

/** Not joined to anything, so that nothing in it needs to be taken out. */
function pathOf({ url = '/' }: IncomingMessage): string {
  try {
    return decodeURIComponent(url.split('?', 1)[0]!)
  } catch {
    return url
  }
}
