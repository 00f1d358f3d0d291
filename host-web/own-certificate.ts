import { createPrivateKey, X509Certificate, type KeyObject, type webcrypto } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname } from 'node:path'

/** A certificate that vouches for itself: encrypted, but no browser knows it, so that each warns once. */
export interface OwnCertificate {
  readonly key: string
  readonly cert: string
  /** What a person may compare with what their browser shows. */
  readonly fingerprint: string
}

const dayMs = 24 * 60 * 60 * 1000
const lastsDays = 365

/** The one that was made before, for as long as it holds for all these addresses: a browser that was told to trust it is not asked again. */
export async function openCertificate(file: string, addresses: readonly string[]): Promise<OwnCertificate> {
  const before = readCertificate(file)
  if (before !== undefined && holdsFor(before.cert, addresses)) return withFingerprint(before)
  const made = await makeCertificate(addresses)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 })
  return withFingerprint(made)
}

type Pair = Omit<OwnCertificate, 'fingerprint'>

const withFingerprint = ({ key, cert }: Pair): OwnCertificate => ({
  key,
  cert,
  fingerprint: new X509Certificate(cert).fingerprint256,
})

function readCertificate(file: string): Pair | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Pair
  } catch {
    return undefined
  }
}

function holdsFor(cert: string, addresses: readonly string[]): boolean {
  try {
    const read = new X509Certificate(cert)
    return read.validToDate.getTime() > Date.now() + dayMs && addresses.every((address) => read.checkIP(address) !== undefined)
  } catch {
    return false
  }
}

async function makeCertificate(addresses: readonly string[]): Promise<Pair> {
  // Loaded only by those who ask for it; the second cannot be loaded without the first.
  await import('reflect-metadata')
  const { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509CertificateGenerator } = await import('@peculiar/x509')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const names = [...addresses, 'localhost'].map((value) => ({
    type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const),
    value,
  }))
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Palabre',
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + lastsDays * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new BasicConstraintsExtension(false), new SubjectAlternativeNameExtension(names)],
  })
  return {
    key: pemOf(createPrivateKey({ key: await rawKey(keys.privateKey), format: 'der', type: 'pkcs8' })),
    cert: made.toString('pem'),
  }
}

const rawKey = async (key: webcrypto.CryptoKey) => Buffer.from(await crypto.subtle.exportKey('pkcs8', key))

const pemOf = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs8' }).toString()
