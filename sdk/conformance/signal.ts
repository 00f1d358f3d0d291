import * as assert from 'uvu/assert'
import { isPalabreError, type Code } from '../error.ts'
import type { Names } from '../contract/resolver.ts'
import type { Meeting, Signal } from '../contract/signal.ts'
import { lawWith, type Law } from './law.ts'

/** Two people's ends of one way to meet, and the place at which the first of them waits. */
export interface SignalSubject {
  readonly waiter: Signal
  readonly visitor: Signal
  readonly names: Names
  /** Another secret each time. */
  secret(): Uint8Array
  /** Resolves when whoever waits under so many secrets can be visited. */
  waitedFor(secrets: number): Promise<void>
  /** From now on nothing passes, and nobody answers. */
  cut(): Promise<void>
}

export const signalLaws: readonly Law<SignalSubject>[] = [
  lawWith('two who know the secret meet, and each reads what the other says, in order', async (subject) => {
    await using two = await meet(subject)
    two.here.send(bytes(1, 3_000))
    two.here.send(bytes(2, 1))
    two.there.send(bytes(3, 10))
    assert.equal(await read(two.there, 3_001), [...bytes(1, 3_000), 2])
    assert.equal(await read(two.here, 10), [...bytes(3, 10)])
  }),
  lawWith('who leaves ends it for the other, after what was said before', async (subject) => {
    await using two = await meet(subject)
    two.here.send(bytes(7, 5))
    two.here.close()
    assert.equal(await all(two.there), [...bytes(7, 5)])
    assert.is(
      codeOf(() => two.here.send(bytes(1, 1))),
      'closed',
    )
    assert.is(
      codeOf(() => two.there.send(bytes(1, 1))),
      'closed',
    )
  }),
  lawWith('they meet again, more than once, under the same secret', async (subject) => {
    const secret = subject.secret()
    for (let again = 0; again < 3; again++) {
      await using two = await meet(subject, secret)
      two.there.send(bytes(again, 2))
      assert.equal(await read(two.here, 2), [again, again])
    }
  }),
  lawWith('nobody waits under another secret, nor once the waiting is over', async (subject) => {
    const secret = subject.secret()
    await using _two = await meet(subject, secret)
    await fails(visit(subject, subject.secret()), 'peer-unknown')
  }),
  lawWith('who is no longer waited for finds nobody', async (subject) => {
    const [kept, given] = [subject.secret(), subject.secret()]
    using _other = subject.waiter.wait(kept, (meeting) => meeting.close(), subject)
    subject.waiter.wait(given, (meeting) => meeting.close(), subject)[Symbol.dispose]()
    await subject.waitedFor(1)
    await fails(visit(subject, given), 'peer-unknown')
  }),
  lawWith('more than a meeting carries is not said', async (subject) => {
    await using two = await meet(subject)
    assert.is(
      codeOf(() => two.here.send(new Uint8Array(1024 * 1024))),
      'too-large',
    )
    two.here.send(bytes(5, 5))
    assert.equal(await read(two.there, 5), [...bytes(5, 5)])
  }),
  lawWith('a place that nobody keeps is out of reach, and what is no place is nobody’s', async (subject) => {
    const secret = subject.secret()
    assert.is(subject.visitor.visit('/memory/1', secret, subject), undefined)
    await subject.cut()
    await fails(visit(subject, secret), 'unreachable')
  }),
  lawWith('a meeting ends on both sides when what is between them does', async (subject) => {
    await using two = await meet(subject)
    await subject.cut()
    await Promise.all([two.here, two.there].map((one) => all(one).catch((error: unknown) => assert.is(codeIn(error), 'closed'))))
  }),
  lawWith('who gives up is told so', async (subject) => {
    await fails(visit(subject, subject.secret(), AbortSignal.abort()), 'cancelled')
  }),
]

interface Two extends AsyncDisposable {
  readonly here: Meeting
  readonly there: Meeting
}

async function meet(subject: SignalSubject, secret = subject.secret()): Promise<Two> {
  const came = Promise.withResolvers<Meeting>()
  const waiting = subject.waiter.wait(secret, came.resolve, subject)
  await subject.waitedFor(1)
  const there = await visit(subject, secret)
  const here = await came.promise
  waiting[Symbol.dispose]()
  return {
    here,
    there,
    async [Symbol.asyncDispose]() {
      here.close()
      await all(there).catch(() => undefined)
    },
  }
}

async function visit({ waiter, visitor, names }: SignalSubject, secret: Uint8Array, signal?: AbortSignal): Promise<Meeting> {
  const visiting = visitor.visit(waiter.places[0]!, secret, { names, signal })
  assert.ok(visiting, 'the visitor knows no such place')
  return visiting
}

const bytes = (value: number, length: number) => new Uint8Array(length).fill(value)

async function read(meeting: Meeting, length: number): Promise<number[]> {
  const heard: number[] = []
  for await (const piece of meeting.bytes) {
    heard.push(...piece)
    if (heard.length >= length) break
  }
  return heard
}

const all = (meeting: Meeting) => read(meeting, Number.POSITIVE_INFINITY)

const codeIn = (error: unknown) => (isPalabreError(error) ? error.code : String(error))

function codeOf(run: () => void): string {
  try {
    run()
    return 'done'
  } catch (error) {
    return codeIn(error)
  }
}

async function fails(visiting: Promise<unknown>, code: Code): Promise<void> {
  assert.is(await visiting.then(() => 'met', codeIn), code)
}
