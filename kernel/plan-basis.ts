import type { PalabreError } from '@palabre/sdk'

/** What the plan must know of a plugin; nothing of its code. */
export interface Planned {
  readonly id: string
  /** Tokens and slots as manifests write them: `clock@1`, `log-sink@1[]`. */
  readonly needs: readonly string[]
  readonly provides: readonly string[]
  /** True when it also does something that no token stands for: commands, taps. Such a plugin never stands by. */
  readonly busy: boolean
  /** Why it must not run now (switched off, failed); undefined when it may. */
  readonly out: PalabreError | undefined
}

export interface PlanBasis {
  readonly plugins: readonly Planned[]
  /** By name without major: who may provide it, first choice first. */
  readonly bindings: ReadonlyMap<string, readonly string[]>
  /** Tokens that the kernel itself provides. */
  readonly builtIn: ReadonlySet<string>
}
