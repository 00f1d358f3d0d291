import { readdirSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { buildHouse, type House } from './house.ts'

export const houseRoot = join(import.meta.dirname, '..', '..')

let real: House | undefined

/** This repository. Read once: many rules look at it, and nothing changes while they do. */
export function theHouse(): House {
  return (real ??= readHouse(houseRoot))
}

export function readHouse(root: string): House {
  const ignored = ['.git', ...ignoredNames(root)]
  const paths = walk(root, '', (name) => ignored.some((pattern) => matchesGlob(name, pattern)))
  return buildHouse(new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])))
}

function walk(root: string, folder: string, skip: (name: string) => boolean): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (skip(entry.name)) return []
    if (entry.isDirectory()) return walk(root, path, skip)
    return entry.isFile() ? [path] : []
  })
}

/** Our .gitignore holds plain names and `*.x` only; a name with a `/` inside would need git itself. */
function ignoredNames(root: string): string[] {
  return readFileSync(join(root, '.gitignore'), 'utf8')
    .split('\n')
    .map((line) => line.trim().replace(/\/$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
}
