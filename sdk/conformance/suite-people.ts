import { isPalabreError, type Code } from '../error.ts'
import type { Answered, Opened, Prekeys, Sealed, Session, Suite } from '../contract/suite.ts'

/** Three people who never met. */
export interface SuiteSubject {
  readonly ada: SuitePerson
  readonly ben: SuitePerson
  readonly eve: SuitePerson
}

export interface SuitePerson {
  /** As it is now, after a restart another one. */
  readonly suite: Suite
  readonly signingKey: Uint8Array
  readonly agreementKey: Uint8Array
  /** Everything of this person's stops and starts again. */
  restarted(): Promise<void>
}

export const day = 24 * 60 * 60 * 1000

export const begin = Date.UTC(2026, 0, 1)

/** One person in one conversation, with the states kept from step to step. */
export interface Talker {
  prekeys: Prekeys
  session: Session | undefined
  /** Of what was heard last. */
  readonly repaired: boolean
  offers(options: { readonly once: boolean }): Uint8Array
  begins(other: Talker, offer?: Uint8Array, existing?: Session): void
  seals(body: Uint8Array): Sealed
  says(body: string): Sealed
  opens(sealed: Sealed): Opened | undefined
  hears(sealed: Sealed): string | undefined
  answersWith(sealed: Sealed): Promise<Answered | undefined>
  answers(sealed: Sealed): Promise<string | undefined>
  /** As one does who does not know what comes. */
  takes(sealed: Sealed): Promise<string | undefined>
  readonly person: SuitePerson
}

export function talker(person: SuitePerson): Talker {
  const { suite } = person
  let repaired = false
  const kept = <Step extends Opened>(step: Step | undefined): Step | undefined => {
    if (step !== undefined) [self.session, repaired] = [step.session, step.repaired]
    return step
  }
  const self: Talker = {
    person,
    prekeys: suite.createPrekeys(begin),
    session: undefined,
    get repaired() {
      return repaired
    },
    offers(options) {
      const { prekeys, offer } = suite.offer(self.prekeys, options)
      self.prekeys = prekeys
      return offer
    },
    begins(other, offer = other.offers({ once: true }), existing) {
      self.session = suite.begin(offer, other.person.signingKey, existing)
    },
    seals(body) {
      const { session, sealed } = suite.seal(self.session!, body)
      self.session = session
      return sealed
    },
    says: (body) => self.seals(utf8(body)),
    opens: (sealed) => kept(suite.open(self.session!, sealed)),
    hears: (sealed) => textOf(self.opens(sealed)),
    async answersWith(sealed) {
      const step = kept(await suite.answer(self.prekeys, sealed, async () => self.session))
      if (step !== undefined) self.prekeys = step.prekeys
      return step
    },
    answers: async (sealed) => textOf(await self.answersWith(sealed)),
    takes: async (sealed) => self.hears(sealed) ?? self.answers(sealed),
  }
  return self
}

/** Two who have heard each other once. */
export async function met(one: SuitePerson, other: SuitePerson): Promise<[Talker, Talker]> {
  const [a, b] = [talker(one), talker(other)]
  a.begins(b)
  await b.answers(a.says('hello'))
  a.hears(b.says('hello'))
  return [a, b]
}

export function utf8(body: string): Uint8Array {
  return new TextEncoder().encode(body)
}

export function textOf(step: Opened | undefined): string | undefined {
  return step && new TextDecoder().decode(step.body)
}

/** With one bit turned over. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))
}

/** What it fails with; undefined when it does not. */
export function codeOf(fn: () => unknown): Code | undefined {
  try {
    fn()
  } catch (error) {
    if (isPalabreError(error)) return error.code
    throw error
  }
  return undefined
}
