import { plural, text, type Text } from '@palabre/sdk'

/** Who rang lately. */
export interface Visits {
  readonly count: number
  add(name: string, at: number): void
  isBack(name: string): boolean
  forgetBefore(time: number): void
}

export function createVisits(): Visits {
  const last = new Map<string, number>()
  return {
    get count() {
      return last.size
    },
    add: (name, at) => void last.set(name, at),
    isBack: (name) => last.has(name),
    forgetBefore(time) {
      for (const [name, at] of last) if (at < time) last.delete(name)
    },
  }
}

export function visitsText(greeting: string, count: number): Text {
  const visitors = plural(count, {
    en: { one: '# visitor this hour', other: '# visitors this hour' },
    fr: { one: '# visite cette heure-ci', other: '# visites cette heure-ci' },
  })
  return text(`${greeting} (${visitors.en})`, `${greeting} (${visitors.fr})`)
}
