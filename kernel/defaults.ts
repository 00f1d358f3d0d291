import type { JsonSchema } from '@palabre/sdk'
import { copied } from './copied.ts'
import { pointed } from './pointer.ts'

/** Settings are not nested deeper, so a schema that would fill in more goes round in circles. */
const deepest = 64

/**
 * A copy with `default`s filled in where the schema surely applies: in `properties` and items, through `$ref` and `allOf`. What stands
 * under `anyOf`, `oneOf`, `not` and `if` may not apply at all, and is left alone.
 */
export function withDefaults(value: unknown, root: JsonSchema): unknown {
  return fill(value, root, root, 0)
}

function fill(value: unknown, schema: unknown, root: JsonSchema, depth: number): unknown {
  if (!isObject(schema) || depth > deepest || typeof value !== 'object' || value === null) return value
  const below = (inner: unknown, innerSchema: unknown) => fill(inner, innerSchema, root, depth + 1)
  const { $ref, allOf } = schema
  let filled: unknown = value
  if (typeof $ref === 'string') filled = below(filled, pointed(root, $ref))
  for (const part of Array.isArray(allOf) ? (allOf as unknown[]) : []) filled = below(filled, part)
  if (Array.isArray(filled)) return filled.map((item: unknown, i) => below(item, itemSchema(schema, i)))
  return fillObject(filled as Record<string, unknown>, schema, below)
}

function fillObject(
  value: Record<string, unknown>,
  schema: Record<string, unknown>,
  below: (inner: unknown, schema: unknown) => unknown,
): Record<string, unknown> {
  const { properties, patternProperties, additionalProperties } = schema
  const filled = new Map(Object.entries(value).filter(([, inner]) => inner !== undefined))
  const named = isObject(properties) ? Object.entries(properties) : []
  for (const [key, property] of named) {
    if (!filled.has(key) && isObject(property) && property['default'] !== undefined) filled.set(key, copied(property['default']))
    if (filled.has(key)) filled.set(key, below(filled.get(key), property))
  }
  const patterns = isObject(patternProperties) ? Object.entries(patternProperties) : []
  for (const [key, inner] of filled) {
    const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(key))
    for (const [, part] of matching) filled.set(key, below(filled.get(key), part))
    const isSpokenOf = matching.length > 0 || (isObject(properties) && Object.hasOwn(properties, key))
    if (!isSpokenOf) filled.set(key, below(inner, additionalProperties))
  }
  return Object.fromEntries(filled)
}

function itemSchema({ prefixItems, items }: Record<string, unknown>, i: number): unknown {
  return Array.isArray(prefixItems) && i < prefixItems.length ? (prefixItems as unknown[])[i] : items
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
