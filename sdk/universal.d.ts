/**
 * The few globals that browsers and Node both have. The sdk and the kernel are checked against this list alone, with neither
 * Node's types nor the DOM's, so that nothing of one platform slips in. Never imported: only named by the tsconfig of the two rooms.
 */

interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean; signal?: AbortSignal }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
declare const AbortSignal: {
  abort(reason?: unknown): AbortSignal
  any(signals: Iterable<AbortSignal>): AbortSignal
  timeout(ms: number): AbortSignal
}

interface AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}
declare const AbortController: { new (): AbortController }

declare function setTimeout(fn: () => void, ms?: number): unknown
declare function clearTimeout(timer: unknown): void
declare function queueMicrotask(fn: () => void): void
declare function structuredClone<T>(value: T): T

declare const performance: { now(): number }
declare const console: Record<'debug' | 'info' | 'warn' | 'error', (...values: unknown[]) => void>
declare const crypto: { getRandomValues<T extends Uint8Array>(bytes: T): T }

declare function btoa(bytes: string): string
declare function atob(base64: string): string

declare const TextEncoder: { new (): { encode(text: string): Uint8Array } }
declare const TextDecoder: {
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): { decode(bytes: Uint8Array): string }
}
declare const URL: {
  new (url: string, base?: string): { readonly href: string; readonly protocol: string; readonly pathname: string }
}
