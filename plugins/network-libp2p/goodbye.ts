import { text, type Code, type Text } from '@palabre/sdk'

/** Why a stream or a link ends, as a byte on the wire. Its words are for the side that reads it. */
export const goodbyes = {
  done: 0,
  tooLarge: 1,
  unknownVersion: 2,
  misbehaved: 3,
  unknownLink: 4,
  busy: 5,
  late: 6,
} as const
export type Goodbye = (typeof goodbyes)[keyof typeof goodbyes]

export interface Reason {
  readonly code: Code
  readonly text: Text
}

const reasons: Record<Goodbye, Reason> = {
  [goodbyes.done]: { code: 'closed', text: text('the link was closed', 'le lien a été fermé') },
  [goodbyes.tooLarge]: {
    code: 'too-large',
    text: text('the other end found a frame of ours too long', 'l’autre côté a trouvé une de nos trames trop longue'),
  },
  [goodbyes.unknownVersion]: {
    code: 'wrong-version',
    text: text('the other end does not know our version', 'l’autre côté ne connaît pas notre version'),
  },
  [goodbyes.misbehaved]: {
    code: 'closed',
    text: text('the other end could not make sense of what we sent', 'l’autre côté n’a pas compris ce que nous avons envoyé'),
  },
  [goodbyes.unknownLink]: {
    code: 'closed',
    text: text('the other end does not know the link any more', 'l’autre côté ne connaît plus le lien'),
  },
  [goodbyes.busy]: {
    code: 'closed',
    text: text('the other end is opening the same link', 'l’autre côté ouvre le même lien'),
  },
  [goodbyes.late]: {
    code: 'timed-out',
    text: text('we were too slow for the other end', 'nous étions trop lents pour l’autre côté'),
  },
}

export function reasonOf(code: number): Reason {
  return reasons[code as Goodbye] ?? reasons[goodbyes.misbehaved]
}

/** What ours says of a peer that broke the rules. */
export const misbehaved: Record<
  'too-large' | 'malformed' | 'unknown-version' | 'nonsense' | 'window' | 'order' | 'late',
  Reason & { goodbye: Goodbye }
> = {
  'too-large': {
    code: 'peer-misbehaved',
    text: text('the other end sent a frame that is too long', 'l’autre côté a envoyé une trame trop longue'),
    goodbye: goodbyes.tooLarge,
  },
  malformed: {
    code: 'peer-misbehaved',
    text: text('the other end sent a frame that makes no sense', 'l’autre côté a envoyé une trame qui n’a pas de sens'),
    goodbye: goodbyes.misbehaved,
  },
  'unknown-version': {
    code: 'wrong-version',
    text: text('the other end speaks a version we do not know', 'l’autre côté parle une version que nous ne connaissons pas'),
    goodbye: goodbyes.unknownVersion,
  },
  nonsense: {
    code: 'peer-misbehaved',
    text: text('the other end sends frames nobody knows', 'l’autre côté envoie des trames que personne ne connaît'),
    goodbye: goodbyes.misbehaved,
  },
  window: {
    code: 'peer-misbehaved',
    text: text('the other end sent more than there was room for', 'l’autre côté a envoyé plus qu’il n’y avait de place'),
    goodbye: goodbyes.misbehaved,
  },
  order: {
    code: 'peer-misbehaved',
    text: text('the other end sent a frame where none belongs', 'l’autre côté a envoyé une trame là où il n’en faut pas'),
    goodbye: goodbyes.misbehaved,
  },
  late: {
    code: 'timed-out',
    text: text('the other end did not introduce itself in time', 'l’autre côté ne s’est pas présenté à temps'),
    goodbye: goodbyes.late,
  },
}
