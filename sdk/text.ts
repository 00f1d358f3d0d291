/** Every sentence a person may read exists in both languages from its first line: a missing one does not compile. */
export interface Text {
  readonly en: string
  readonly fr: string
}

export type Language = keyof Text

export const languages: readonly Language[] = ['en', 'fr']

export function text(en: string, fr: string): Text {
  return { en, fr }
}

/** Picks the plural form of `n` in each language; `#` stands for the number. */
export function plural(n: number, forms: Record<Language, { one: string; other: string }>): Text {
  const form = (language: Language) => {
    const rule = new Intl.PluralRules(language).select(n) === 'one' ? 'one' : 'other'
    return forms[language][rule].replace('#', new Intl.NumberFormat(language).format(n))
  }
  return { en: form('en'), fr: form('fr') }
}
