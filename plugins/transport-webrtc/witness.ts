import { PalabreError, text } from '@palabre/sdk'

export interface IceServer {
  readonly urls: string[]
  readonly username?: string
  readonly credential?: string
}

/**
 * Why a connection that reached the other end did not come about: it showed another certificate than was agreed on, or it showed the
 * right one and would have nothing of ours.
 */
export type Swap = 'theirs-swapped' | 'ours-refused'

/** The configuration of a connection that tells `saw` what went wrong with it, where the platform knows. */
export type Witnessed = (iceServers: IceServer[], saw: (swap: Swap) => void) => { readonly iceServers: IceServer[] }

/** For the log. */
export const swapSaid: Record<Swap, string> = {
  'theirs-swapped': 'a direct connection was refused: it showed another certificate than was agreed on',
  'ours-refused': 'the other end refused a direct connection: it may have been told of another certificate than ours',
}

/** For the person. */
export const swapFault = () =>
  new PalabreError(
    'peer-misbehaved',
    text(
      'the direct connection was refused: it showed another certificate than was agreed on, so somebody may stand in between',
      'la connexion directe a été refusée : elle a montré un autre certificat que celui convenu, quelqu’un se tient peut-être au milieu',
    ),
  )
