import type { Kernel } from '@palabre/kernel'
import { isPalabreError } from '@palabre/sdk'
import type { OpenWindow, Shown, WayToShow } from './window.ts'

/** What the person sees of a running kernel. */
export interface Front extends AsyncDisposable {
  /** The first time; a program gets an address beside the window. */
  open(forProgram: boolean): Promise<void>
  /** Brings the window to the front or opens one, or gives an address. Fails with what keeps it from being shown. */
  show(want: 'window' | 'address'): Promise<Shown>
  readonly closedByPerson: Promise<void>
}

export interface FrontEvents {
  shown(shown: Shown): void
  /** The window went away and nobody had closed it. */
  lost(): void
}

const door = 'port-loopback'

export function openFront(kernel: Kernel, ways: readonly WayToShow[], events: FrontEvents): Front {
  const closed = Promise.withResolvers<void>()
  let current: { readonly way: WayToShow; readonly window: OpenWindow } | undefined
  let turn: Promise<unknown> = Promise.resolve()

  const newAddress = async () => {
    const { data } = await kernel.commands.run('port.address')
    return (data as { address: string }).address
  }

  const show = async (want: 'window' | 'address'): Promise<Shown> => {
    const address = await newAddress()
    if (want === 'address') return { window: 'none', address }
    if (current !== undefined && (await current.window.show(address))) return { window: current.way.window }
    for (const way of ways) {
      const window = await way.open(address)
      if (window === undefined) continue
      current = { way, window }
      void window.ended.then((how) => leave(window, how))
      return { window: way.window }
    }
    return { window: 'none', address }
  }

  const leave = (window: OpenWindow, how: 'closed' | 'lost') => {
    if (current?.window !== window) return
    if (how === 'closed') return closed.resolve()
    current = undefined
    events.lost()
  }

  /** One after the other, so that two who ask at once do not open two windows. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  const present = async (forProgram: boolean): Promise<Shown> => {
    try {
      const shown = await inTurn(() => show('window'))
      return forProgram && shown.address === undefined ? { ...shown, address: await newAddress() } : shown
    } catch (error) {
      if (!isPalabreError(error) || error.code !== 'switched-off') throw error
      return { window: 'none', reason: error.text, ...(error.todo === undefined ? {} : { todo: error.todo }) }
    }
  }

  let watching: Disposable | undefined
  return {
    async open(forProgram) {
      events.shown(await present(forProgram))
      watching = kernel.plugins.watch(({ id, state }) => {
        if (id === door && state === 'running') void present(forProgram).then(events.shown)
      })
    },
    show: (want) => inTurn(() => show(want)),
    closedByPerson: closed.promise,
    async [Symbol.asyncDispose]() {
      watching?.[Symbol.dispose]()
      const window = current?.window
      current = undefined
      await window?.close()
    },
  }
}
