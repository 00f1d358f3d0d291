const forbidden = ['__proto__', 'constructor', 'prototype']

/** Where in a value from outside a key stands that could reach into prototypes; undefined when none does. */
export function pollutedPath(value: unknown): string | undefined {
  const left: { value: unknown; path: string }[] = [{ value, path: '' }]
  for (let item = left.pop(); item !== undefined; item = left.pop()) {
    if (typeof item.value !== 'object' || item.value === null) continue
    for (const key of Object.keys(item.value)) {
      const path = `${item.path}/${key}`
      if (forbidden.includes(key)) return path
      left.push({ value: (item.value as Record<string, unknown>)[key], path })
    }
  }
  return undefined
}
