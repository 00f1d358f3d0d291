import { AsyncLocalStorage } from 'node:async_hooks'
import { existsSync, realpathSync } from 'node:fs'
import { sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { NodeCatalogEntry } from './node-catalog.ts'

/** Tells whose code is running, and whose an error is that nobody caught. */
export interface Attribution {
  within<T>(plugin: string, fn: () => T): T
  /** The plugin in whose name this code runs now. */
  current(): string | undefined
  /** By the running context, else by the files named in the error's stack. */
  ownerOf(error: unknown): string | undefined
}

export function attributeTo(catalog: readonly NodeCatalogEntry[]): Attribution {
  const running = new AsyncLocalStorage<string>()
  const folders = catalog.map(({ id, folder }) => ({ id, marks: marksOf(folder) }))
  return {
    within: (plugin, fn) => running.run(plugin, fn),
    current: () => running.getStore(),
    ownerOf(error) {
      return running.getStore() ?? framesOf(error).flatMap(ownersOf)[0]
    },
  }

  function ownersOf(frame: string): string[] {
    return folders.filter(({ marks }) => marks.some((mark) => frame.includes(mark))).map(({ id }) => id)
  }
}

/** How the files of a folder are named in a stack: Node follows links before it loads. */
function marksOf(folder: string): string[] {
  const real = existsSync(folder) ? realpathSync(folder) : folder
  return [real + sep, `${pathToFileURL(real).href}/`]
}

/** The nearest first, without the message: that may name anybody. */
function framesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack.split('\n').filter((line) => /^\s+at /.test(line))
}

/** Nothing a plugin throws past everybody ends the process: it is that plugin's crash, and a person reads of it. */
export function catchStrays(blame: (error: unknown) => void): Disposable {
  const onError = (error: unknown) => blame(error)
  process.on('unhandledRejection', onError)
  process.on('uncaughtException', onError)
  return {
    [Symbol.dispose]() {
      process.off('unhandledRejection', onError)
      process.off('uncaughtException', onError)
    },
  }
}
