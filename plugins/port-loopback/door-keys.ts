import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { limits } from './limits.ts'

/** Who may come in: bearers of a one-time token, once, and pages that were in before. Only digests are kept. */
export interface DoorKeys {
  /** A token good for one opening. */
  mint(): string
  /** The secret of a new session, or undefined when the token is unknown or used. */
  burn(token: string): Session | undefined
  /** The session with this secret, or undefined when there is none. */
  resume(secret: string): Session | undefined
}

export interface Session {
  readonly secret: string
  /** A session with a face attached is not forgotten. */
  attach(): Disposable
}

interface Known {
  readonly digest: Buffer
  attached: number
}

export function createDoorKeys(): DoorKeys {
  const tokens: Buffer[] = []
  const sessions: Known[] = []

  const forgetOldest = () => {
    if (sessions.length <= limits.sessions) return
    const oldest = sessions.findIndex(({ attached }) => attached === 0)
    sessions.splice(oldest, 1)
  }
  const openSession = () => {
    const secret = freshSecret()
    const known = { digest: digestOf(secret), attached: 0 }
    sessions.push(known)
    forgetOldest()
    return sessionOf(known, secret)
  }

  return {
    mint() {
      const token = freshSecret()
      tokens.push(digestOf(token))
      if (tokens.length > limits.tokens) tokens.shift()
      return token
    },
    burn(token) {
      const at = find(tokens, token)
      if (at === -1) return undefined
      tokens.splice(at, 1)
      return openSession()
    },
    resume(secret) {
      const at = find(
        sessions.map(({ digest }) => digest),
        secret,
      )
      return at === -1 ? undefined : sessionOf(sessions[at]!, secret)
    },
  }
}

function sessionOf(known: Known, secret: string): Session {
  return {
    secret,
    attach() {
      known.attached++
      return { [Symbol.dispose]: () => void known.attached-- }
    },
  }
}

/** 256 bits, so that nobody guesses. */
function freshSecret(): string {
  return randomBytes(32).toString('base64url')
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Looks at every digest in full, so that the time it takes says nothing about any of them. */
function find(digests: readonly Buffer[], secret: string): number {
  const wanted = digestOf(secret)
  return digests.reduce((found, digest, at) => (timingSafeEqual(digest, wanted) ? at : found), -1)
}
