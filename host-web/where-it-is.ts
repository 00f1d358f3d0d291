import { text, type Text } from '@palabre/sdk'
import { reply, type Reply } from '@palabre/sdk/contract/command'
import type { OwnCertificate } from './own-certificate.ts'

interface Served {
  readonly addresses: readonly string[]
  readonly certificate: OwnCertificate | undefined
}

/** What is said once the page is there: where, and what a browser will say about it. */
export function whereItIs(address: string, { addresses, certificate }: Served): Reply {
  if (certificate === undefined) return reply({ address }, joined([at(address), end]))
  const { port } = new URL(address)
  const others = addresses.map((one) => `https://${one}:${port}/`).filter((one) => one !== address)
  const { fingerprint } = certificate
  return reply({ address, others, fingerprint }, joined([at(address), ...others.map(elsewhere), warning(fingerprint), end]))
}

const at = (address: string): Text => text(`Palabre is at ${address}`, `Palabre est à l’adresse ${address}`)

const end = text('Ctrl-C ends it.', 'Ctrl-C l’arrête.')

const elsewhere = (address: string): Text => text(`  from other machines: ${address}`, `  d’autres machines : ${address}`)

const warning = (fingerprint: string): Text =>
  text(
    `Browsers will warn that they do not know the certificate: it was made here, and nobody vouches for it. Compare its SHA-256\nfingerprint with what they show, then go on:\n  ${fingerprint}\nSuch a page is not kept for use without this server.`,
    `Les navigateurs avertiront qu’ils ne connaissent pas le certificat : il a été fait ici, et personne ne s’en porte garant. Comparez\nson empreinte SHA-256 avec ce qu’ils montrent, puis continuez :\n  ${fingerprint}\nUne telle page n’est pas gardée pour servir sans ce serveur.`,
  )

function joined(lines: readonly Text[]): Text {
  return text(lines.map(({ en }) => en).join('\n'), lines.map(({ fr }) => fr).join('\n'))
}
