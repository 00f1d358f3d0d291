import type { House } from './house.ts'
import { literal } from './literal.ts'
import type { SourceFile } from './source-file.ts'
import { lineOf, type Violation } from './violation.ts'

/** What a person reads exists in English and in French. The type check sees a language that is missing in code; this sees an empty one. */
export function textsSpeakBothLanguages(house: House): Violation[] {
  const manifests = house.paths.filter((path) => /^plugins\/[^/]+\/manifest\.json$/.test(path))
  return [...manifests.flatMap((path) => inManifest(house, path)), ...house.sources.flatMap(inCode)]
}

function inManifest(house: House, path: string): Violation[] {
  const manifest = house.json(path)
  const untitled = isText((manifest as { title?: unknown } | undefined)?.title)
    ? []
    : [{ path, says: 'has no title in two languages. Add "title": { "en": "…", "fr": "…" }.' }]
  return [
    ...untitled,
    ...incompleteTexts(manifest).map((text) => ({ path, line: lineOf(house.text(path), firstOf(text)), says: incomplete })),
  ]
}

const incomplete = 'has a text that lacks a language. Write both "en" and "fr".'

/** Every object that speaks one of our languages, at any depth, must speak both. */
function incompleteTexts(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  if (isText(value)) return []
  const here = speaks(value, 'en') || speaks(value, 'fr') ? [value] : []
  return [...here, ...Object.values(value).flatMap(incompleteTexts)]
}

const isText = (value: unknown) => isFilled(value, 'en') && isFilled(value, 'fr')

const isFilled = (value: unknown, language: string) => speaks(value, language) && value[language]!.trim() !== ''

const speaks = (value: unknown, language: string): value is Record<string, string> =>
  typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[language] === 'string'

/** Something of the text by which its line is found in the file. */
const firstOf = (text: object) => JSON.stringify(Object.values(text)[0])

function inCode(source: SourceFile): Violation[] {
  if (source.isTest || !/\b(?:en|fr)\b['"]?\s*:\s*(['"`])\s*\1/.test(source.text)) return []
  const found: Violation[] = []
  source.visit({
    ObjectExpression(node) {
      const texts = new Map(
        node.properties.flatMap((one) => (one.type === 'Property' ? [[keyOf(one.key), literal(one.value)]] : [])),
      )
      const empty = texts.has('en') && texts.has('fr') && [texts.get('en'), texts.get('fr')].some((text) => text?.trim() === '')
      if (empty) found.push({ path: source.path, line: source.lineAt(node.start), says: incomplete })
    },
  })
  return found
}

const keyOf = (key: { type: string; name?: unknown }) => (key.type === 'Identifier' ? key.name : literal(key))
