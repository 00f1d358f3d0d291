import { PalabreError, text } from '@palabre/sdk'
import { limits } from './limits.ts'
import { decodeAnswer, encodeQuestion, type Answer, type Kind } from './message.ts'

/** Throws `bad-settings` for a server that is not named by its address, or would be asked in the clear beyond this machine. */
export function checkServer(said: string): URL {
  const url = URL.parse(said)
  const isAddress = url !== null && (/^\d+\.\d+\.\d+\.\d+$/.test(url.hostname) || url.hostname.startsWith('['))
  const isHere = url !== null && (url.hostname.startsWith('127.') || url.hostname === '[::1]')
  if (isAddress && (url.protocol === 'https:' || (url.protocol === 'http:' && isHere))) return url
  throw new PalabreError('bad-settings', text(`resolver-doh cannot ask ${said}`, `resolver-doh ne peut pas interroger ${said}`), {
    todo: text(
      'Write https:// and an address, as in https://1.1.1.1/dns-query. In the clear only this machine is asked.',
      'Écrivez https:// et une adresse, comme https://1.1.1.1/dns-query. En clair, seule cette machine est interrogée.',
    ),
  })
}

/** Throws for whatever is not an answer, so that the next server is asked. */
export async function ask(url: URL, labels: readonly string[], kind: Kind, timeout: number, over: AbortSignal): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/dns-message', 'content-type': 'application/dns-message' },
    body: new Uint8Array(encodeQuestion(labels, kind)),
    signal: AbortSignal.any([over, AbortSignal.timeout(timeout)]),
    // Elsewhere is somebody else, whom the person did not name.
    redirect: 'error',
    credentials: 'omit',
    cache: 'no-store',
  })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new Error(`status ${response.status}`)
  }
  const answer = decodeAnswer(await readAll(response), labels, kind)
  if (answer === undefined) throw new Error('not an answer')
  if (answer.code !== 0 && answer.code !== 3) throw new Error(`DNS code ${answer.code}`)
  return answer
}

async function readAll(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > limits.answerBytes) throw new Error('too long')
    chunks.push(chunk)
  }
  const all = new Uint8Array(length)
  let end = 0
  for (const chunk of chunks) {
    all.set(chunk, end)
    end += chunk.length
  }
  return all
}
