import { isPalabreError } from '@palabre/sdk'

/** What nobody caught is handed on with the plugin it came from, as far as that can be told. */
export function catchStrays(blame: (error: unknown, plugin: string | undefined) => void): void {
  addEventListener('error', ({ error, message, filename }) => {
    // Some errors come without an object, of others only the text is left.
    const thrown: unknown = error ?? new Error(message)
    blame(thrown, ownerOf(thrown) ?? pluginIn(filename))
  })
  addEventListener('unhandledrejection', ({ reason }) => blame(reason, ownerOf(reason)))
}

/** The plugin whose code was running: the topmost one in the stack. */
export function ownerOf(error: unknown): string | undefined {
  const fromStack = error instanceof Error ? pluginIn(error.stack ?? '') : undefined
  return fromStack ?? (isPalabreError(error) ? error.plugin : undefined)
}

/** The build names the files of a plugin after it. */
function pluginIn(place: string): string | undefined {
  return /\/assets\/plugin\/([a-z0-9-]+)\.[\w-]+\.js/.exec(place)?.[1]
}
