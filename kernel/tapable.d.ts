/** The one file of tapable that the kernel needs; its package has types for the index only. */
declare module 'tapable/lib/Hook.js' {
  interface FullTap {
    readonly name: string
    readonly stage: number
    readonly fn: (...args: unknown[]) => unknown
  }
  abstract class Hook {
    constructor(args: string[], name: string)
    readonly name: string
    taps: FullTap[]
    call(...args: unknown[]): unknown
    tap(options: { name: string; stage: number }, fn: (...args: unknown[]) => unknown): void
    _resetCompilation(): void
    abstract compile(options: { taps: FullTap[] }): (...args: unknown[]) => unknown
  }
  export default Hook
}
