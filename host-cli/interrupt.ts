/** Ctrl-C and its kin, or a reader that went away: the first asks everybody to finish, a second signal ends the process at once. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal
  /** Rejects with `Interrupted` as soon as the signal is aborted. */
  readonly happened: Promise<never>
}

/** The person, or whoever reads our output, wanted no more of it. */
export class Interrupted extends Error {
  readonly exitCode: number

  constructor(exitCode: number) {
    super('interrupted')
    this.exitCode = exitCode
  }
}

/** For what goes on until it is interrupted: that is its good end. */
export async function endsWhenInterrupted(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
  }
}

const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const
const names = Object.keys(codes) as (keyof typeof codes)[]

/** `onHangUp` takes SIGHUP for something else than the end. */
export function untilInterrupted(onHangUp?: () => void): Interrupt {
  const controller = new AbortController()
  const { promise: happened, reject } = Promise.withResolvers<never>()
  happened.catch(() => undefined)
  const end = (code: number) => {
    controller.abort()
    reject(new Interrupted(code))
  }
  const onSignal = (name: NodeJS.Signals) => {
    if (name === 'SIGHUP' && onHangUp !== undefined) return onHangUp()
    const code = codes[name as keyof typeof codes]
    if (controller.signal.aborted) process.exit(code)
    end(code)
  }
  // Whoever reads us has read enough: `palabre … | head -1` is not an error.
  const onClosed = () => end(0)

  // A signal handler alone does not keep the process alive, and plugins need not have anything open.
  const alive = setInterval(() => undefined, 2 ** 30)
  for (const name of names) process.on(name, onSignal)
  process.stdout.on('error', onClosed)
  return {
    signal: controller.signal,
    happened,
    [Symbol.dispose]() {
      clearInterval(alive)
      for (const name of names) process.off(name, onSignal)
      process.stdout.off('error', onClosed)
    },
  }
}
