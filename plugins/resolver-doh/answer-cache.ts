import type { Clock } from '@palabre/sdk/contract/clock'
import { limits } from './limits.ts'
import type { Answer } from './message.ts'

interface Kept {
  readonly answer: Answer
  readonly until: number
}

/** Answers for as long as they live; who asks for what is being asked waits for the same answer. The oldest make room. */
export function createAnswerCache(clock: Clock) {
  const kept = new Map<string, Kept>()
  const running = new Map<string, Promise<Answer>>()

  const keep = (key: string, answer: Answer): Answer => {
    const life = answer.code === 3 || answer.records.length === 0 ? limits.missingLife : Math.max(answer.life, limits.shortestLife)
    kept.delete(key)
    kept.set(key, { answer, until: clock.monotonic() + Math.min(life, limits.longestLife) * 1000 })
    if (kept.size > limits.cached) kept.delete(kept.keys().next().value!)
    return answer
  }

  return {
    /** `cancelled` when the signal aborts first; the question goes on for the others. */
    async get(key: string, ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer | 'cancelled'> {
      const there = kept.get(key)
      if (there !== undefined && there.until > clock.monotonic()) return there.answer
      const asking =
        running.get(key) ??
        ask()
          .then((answer) => keep(key, answer))
          .finally(() => running.delete(key))
      running.set(key, asking)
      return waitFor(asking, signal)
    },
  }
}

function waitFor<T>(asking: Promise<T>, signal: AbortSignal): Promise<T | 'cancelled'> {
  return new Promise((resolve, reject) => {
    const quit = () => resolve('cancelled')
    signal.addEventListener('abort', quit, { once: true })
    asking.then(resolve, reject).finally(() => signal.removeEventListener('abort', quit))
  })
}
