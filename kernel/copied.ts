/** A copy of what came from JSON, through and through. (`structuredClone` does more, and takes three times as long.) */
export function copied<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copied) as Value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)])) as Value
}
