import { createWatched, isPalabreError, messageOf, text, type Text, type Watched } from '@palabre/sdk'
import type { PluginInfo, Why } from '@palabre/sdk/contract/plugins'
import type { Port, PortState } from '@palabre/sdk/contract/port'
import { followPort, inDroves } from '@palabre/sdk/contract/port-follow'

/** What the page knows of the plugins, and what it can do to them: everything but how it looks. */
export interface Board extends Watched<BoardState> {
  enable(id: string): Promise<void>
  /** Switches off at once what nobody else needs; asks first otherwise, by setting `asking`. */
  disable(id: string): Promise<void>
  /** The answer to `asking`. */
  answer(yes: boolean): Promise<void>
}

export interface BoardState {
  /** Undefined until the first answer. The last known list stays while the kernel cannot be reached. */
  readonly plugins: readonly PluginInfo[] | undefined
  /** For each blocked plugin, the one where the trouble starts. */
  readonly causes: ReadonlyMap<string, string>
  readonly port: PortState
  /** Why the list cannot be had now. */
  readonly trouble: Told | undefined
  readonly asking: Question | undefined
  /** Plugins on their way from on to off or back. */
  readonly busy: ReadonlySet<string>
  /** The last switch that was refused, by plugin. */
  readonly refused: ReadonlyMap<string, Told>
}

export interface Told {
  readonly text: Text
  readonly todo: Text | undefined
}

export interface Question {
  readonly id: string
  /** Plugins that would stop with it. */
  readonly also: readonly string[]
  /** What would be lost of this page: the page itself, or its switches. */
  readonly loses: 'page' | 'switches' | undefined
}

export interface BoardSources {
  readonly port: Port
  /** The plugin this page comes from. */
  readonly self: string
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
}

/** Plugins start and stop in droves; the list is read once for all that change within this time. */
const droveMs = 25

export function createBoard({ port, self, signal, after }: BoardSources): Board {
  const board = createWatched<BoardState>({
    plugins: undefined,
    causes: new Map(),
    port: port.state,
    trouble: undefined,
    asking: undefined,
    busy: new Set(),
    refused: new Map(),
  })
  const set = (part: Partial<BoardState>) => board.set({ ...board.now, ...part })

  const read = async () => {
    const { data } = await port.run('plugins.list', {}, { signal })
    const plugins = data as readonly PluginInfo[]
    set({ plugins, causes: await causesOf(plugins, (id) => why(port, id, signal)), trouble: undefined })
  }
  const refresh = inTurn(read)
  const lost = (error: unknown) => {
    if (!signal.aborted) set({ trouble: tell(error) })
  }

  const switchTo = async (command: 'plugins.enable' | 'plugins.disable', id: string) => {
    if (board.now.busy.has(id)) return
    set({ busy: new Set(board.now.busy).add(id), refused: without(board.now.refused, id) })
    try {
      await port.run(command, { plugin: id }, { signal })
    } catch (error) {
      if (!signal.aborted) set({ refused: new Map(board.now.refused).set(id, tell(error)) })
    } finally {
      const busy = new Set(board.now.busy)
      busy.delete(id)
      set({ busy })
      await refresh().catch(lost)
    }
  }

  const watching = port.watch((state) => set({ port: state }))
  signal.addEventListener('abort', () => watching[Symbol.dispose](), { once: true })
  const heard = inDroves(() => void refresh().catch(lost), { ms: droveMs, signal, after })
  void followPort({ port, command: 'plugins.watch', signal, after, fresh: refresh, heard, lost })

  return {
    get now() {
      return board.now
    },
    watch: board.watch,
    enable: (id) => switchTo('plugins.enable', id),
    async disable(id) {
      const asking = await question(port, self, id, signal).catch(() => undefined)
      if (asking === undefined) return switchTo('plugins.disable', id)
      set({ asking })
    },
    async answer(yes) {
      const { asking } = board.now
      set({ asking: undefined })
      if (yes && asking !== undefined) await switchTo('plugins.disable', asking.id)
    },
  }
}

/** Calls that come while one is under way are answered together by one more. */
function inTurn(work: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined
  let following: Promise<void> | undefined
  const begin = () => {
    current = work().finally(() => (current = undefined))
    return current
  }
  return () => {
    if (current === undefined) return begin()
    following ??= current
      .catch(() => undefined)
      .then(() => {
        following = undefined
        return begin()
      })
    return following
  }
}

/** Undefined when nobody would miss it. */
async function question(port: Port, self: string, id: string, signal: AbortSignal): Promise<Question | undefined> {
  const { neededBy, uses, plugin } = await why(port, id, signal)
  const switches = plugin.commands.some((command) => command.id === 'plugins.enable')
  // Whoever looks at what this page's plugin brings is who shows it.
  const shows = uses.some(({ providers }) => providers.includes(self))
  const loses = id === self || neededBy.includes(self) || shows ? 'page' : switches ? 'switches' : undefined
  return neededBy.length === 0 && loses === undefined ? undefined : { id, also: neededBy, loses }
}

async function causesOf(plugins: readonly PluginInfo[], ask: (id: string) => Promise<Why>): Promise<Map<string, string>> {
  const blocked = plugins.filter(({ state }) => state === 'blocked')
  const causes = await Promise.all(blocked.map(async ({ id }) => [id, (await ask(id)).blockedBy.at(-1)] as const))
  return new Map(causes.filter((pair): pair is [string, string] => pair[1] !== undefined))
}

async function why(port: Port, id: string, signal: AbortSignal): Promise<Why> {
  return (await port.run('plugins.why', { plugin: id }, { signal })).data as Why
}

function tell(error: unknown): Told {
  if (isPalabreError(error)) return { text: error.text, todo: error.todo }
  const message = messageOf(error)
  return { text: text(message, message), todo: undefined }
}

function without<T>(map: ReadonlyMap<string, T>, key: string): Map<string, T> {
  const copy = new Map(map)
  copy.delete(key)
  return copy
}
