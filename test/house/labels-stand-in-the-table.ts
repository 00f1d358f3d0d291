import type { House } from './house.ts'
import type { SourceFile } from './source-file.ts'
import type { Violation } from './violation.ts'

const table = 'sdk/contract/labels.ts'

/** Two uses under one label would share a key. So each stands in one table, once, and code takes it from there. */
export function labelsStandInTheTable(house: House): Violation[] {
  const product = house.sources.filter(({ isTest, path }) => !isTest && path !== table && !path.startsWith('sdk/conformance/'))
  return [...house.sources.filter(({ path }) => path === table).flatMap(repeated), ...product.flatMap(written)]
}

function repeated(source: SourceFile): Violation[] {
  const labels = labelsIn(source).filter(({ label }) => /^palabre\/v\d+\/[a-z-]+\/[a-z0-9-]+$/.test(label))
  return labels
    .filter(({ label }, i) => labels.findIndex((other) => other.label === label) < i)
    .map(({ label, line }) => ({ path: source.path, line, says: `gives ${label} a second use. Name it after that use.` }))
}

function written(source: SourceFile): Violation[] {
  return labelsIn(source).map(({ label, line }) => ({
    path: source.path,
    line,
    says: `writes the label ${label} by hand. Add it to ${table} and take it from there.`,
  }))
}

/** Strings and templates that begin like one; types, which are templates too, say only how they look. */
function labelsIn(source: SourceFile): { label: string; line: number }[] {
  const found: { label: string; line: number }[] = []
  const note = (label: unknown, at: number) => {
    if (typeof label === 'string' && /^palabre\/v\d/.test(label)) found.push({ label, line: source.lineAt(at) })
  }
  if (!source.text.includes('palabre/v')) return found
  source.visit({
    Literal: ({ value, start }) => note(value, start),
    TemplateLiteral: ({ quasis, start }) => note(quasis[0]?.value.cooked, start),
  })
  return found
}
