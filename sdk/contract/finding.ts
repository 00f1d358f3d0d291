import type { Language, Text } from '../text.ts'

/** What a check-up found: one thing that was looked at, for a person to read. */
export interface Finding {
  /** What was looked at: `vault`, `store`, `network`, `plugin`, … */
  readonly area: string
  /**
   * `good`; `note`: worth knowing, nothing to do; `setting`: somebody must change something; `fault`: it failed on our side. With the
   * last two something that should work does not.
   */
  readonly level: 'good' | 'note' | 'setting' | 'fault'
  readonly says: Text
  readonly todo?: Text
}

const signs: Record<Finding['level'], string> = { good: '✓', note: '·', setting: '!', fault: '✗' }

/** A line for each: a sign, never a colour alone, what was looked at, what is the case, and below it what to do. */
export function findingsText(findings: readonly Finding[]): Text {
  const rows = (language: Language) =>
    findings.flatMap(({ area, level, says, todo }) => {
      const row = `${signs[level]} ${area.padEnd(8)} ${says[language]}`
      return todo === undefined ? [row] : [row, `           ${todo[language]}`]
    })
  return { en: rows('en').join('\n'), fr: rows('fr').join('\n') }
}
