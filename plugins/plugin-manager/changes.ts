import { PalabreError, text, type JsonSchema } from '@palabre/sdk'

type Settings = Record<string, unknown>

/**
 * Reads `key=value` words into a part of the settings: a value that is JSON is taken as such, any other as text, and where the
 * schema wants text it stays text. `a.b=1` reaches inside and leaves the rest of `a` as it is now.
 */
export function changesOf(words: readonly string[], now: object, schema: JsonSchema): Settings {
  const changes: Settings = {}
  for (const word of words) {
    const { path, typed } = parted(word)
    const [first, ...rest] = path
    const before = Object.hasOwn(changes, first!) ? changes[first!] : ownOf(now, first!)
    const value = valueOf(typed, schemaAt(schema, path))
    refuseForbidden(value)
    changes[first!] = changed(before, rest, value)
  }
  return changes
}

/** Keys inside JSON are held to the same law. */
function refuseForbidden(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (forbidden.includes(key)) throw forbiddenKey(key)
    refuseForbidden(inner)
  }
}

const forbidden = ['__proto__', 'constructor', 'prototype']

function parted(word: string): { path: string[]; typed: string } {
  const at = word.indexOf('=')
  const path = word.slice(0, Math.max(at, 0)).split('.')
  if (path.includes('')) throw notAChange(word)
  const bad = path.find((key) => forbidden.includes(key))
  if (bad !== undefined) throw forbiddenKey(bad)
  return { path, typed: word.slice(at + 1) }
}

/** A copy in which one value, however deep, is another. */
function changed(before: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  return { ...(isObject(before) ? before : {}), [key]: changed(ownOf(before, key), rest, value) }
}

function valueOf(typed: string, schema: JsonSchema | undefined): unknown {
  if (schema?.['type'] === 'string') return typed
  try {
    return JSON.parse(typed) as unknown
  } catch {
    return typed
  }
}

function schemaAt(schema: JsonSchema, path: readonly string[]): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>((here, key) => ownOf(here?.['properties'], key) as JsonSchema | undefined, schema)
}

function ownOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function isObject(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function notAChange(word: string): PalabreError {
  return new PalabreError('bad-argument', text(`"${word}" is no change`, `« ${word} » n’est pas un changement`), {
    todo: text(
      'Write key=value, or outer.inner=value for a setting inside another.',
      'Écrivez clé=valeur, ou dehors.dedans=valeur pour un réglage dans un autre.',
    ),
  })
}

function forbiddenKey(key: string): PalabreError {
  return new PalabreError('bad-argument', text(`"${key}" is a forbidden key`, `« ${key} » est une clé interdite`), {
    todo: text('Give the setting another name.', 'Donnez un autre nom au réglage.'),
  })
}
