import type { FirstContact, SmallRelay } from './first-contact.ts'
import type { AnswerWithFile } from './static-files.ts'

/** As the build writes it beside the page, for servers that have no relay: whoever serves the page may fill it in. */
export const firstContactFile = 'first-contact.json'

export const nobodyYet: FirstContact = { relays: [], stun: [] }

/** Answers `first-contact.json` with where the relay is, seen from whoever asks, and leaves everything else to the files. */
export function tellRelay(
  { seenFrom }: Pick<SmallRelay, 'seenFrom'>,
  headers: Readonly<Record<string, string>>,
  files: AnswerWithFile,
): AnswerWithFile {
  return (request, response) => {
    if (request.method !== 'GET' || request.url?.replace(/\?.*$/s, '') !== `/${firstContactFile}`) return files(request, response)
    void seenFrom(hostnameOf(request.headers.host))
      .catch(() => nobodyYet)
      .then((told) => {
        response.writeHead(200, { ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' })
        response.end(JSON.stringify(told))
      })
  }
}

function hostnameOf(host = ''): string {
  return URL.parse(`http://${host}/`)?.hostname ?? ''
}
