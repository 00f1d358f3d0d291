import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Ours to fill: a Node, npm's log, the lock, compiled scripts. Git does not see it, and it may be deleted at any time. */
export const home = join(root, '.node')
export const logPath = join(home, 'npm.log')
export const turnPath = join(home, 'ready.lock')

export const wishesPath = join(root, 'package-lock.json')
/** Inside node_modules, so that it goes when they go. */
export const stampPath = join(root, 'node_modules', '.ready.json')
