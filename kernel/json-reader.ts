import { PalabreError, text, type Text } from '@palabre/sdk'

const longest = 1024 * 1024
const deepest = 64

/**
 * Parses JSON that a person edits. `JSON.parse` takes a doubled key silently and often does not say where an error is, so the
 * text is first read along its grammar: without recursion, and with a limit to size and depth.
 */
export function readJson(source: string, json: string): unknown {
  if (json.length > longest) throw refuse(source, text(`is larger than ${longest / 1024} KiB`, `dépasse ${longest / 1024} Kio`))
  const wrong = firstFault(json)
  if (wrong !== undefined) throw refuse(`${source}:${place(json, wrong.at)}`, wrong.text)
  return JSON.parse(json.startsWith(mark) ? json.slice(mark.length) : json) as unknown
}

/** Some editors begin a file with this; it is no part of JSON. */
const mark = '\ufeff'

interface Fault {
  readonly at: number
  readonly text: Text
}

interface Open {
  readonly kind: '{' | '['
  readonly keys: Set<string>
}

const space = /[ \t\r\n]*/y
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const atom = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

function firstFault(json: string): Fault | undefined {
  const open: Open[] = []
  let at = skip(json, json.startsWith(mark) ? mark.length : 0)
  let wants: 'value' | 'value or end' | 'key' | 'key or end' | 'comma or end' = 'value'

  while (true) {
    const here = json[at]
    const inside = open.at(-1)
    if (wants === 'comma or end' && inside === undefined) {
      return at === json.length ? undefined : fault(at, 'nothing more', 'plus rien')
    }
    if (wants.endsWith('or end') && inside !== undefined && here === (inside.kind === '{' ? '}' : ']')) {
      open.pop()
      wants = 'comma or end'
      at = skip(json, at + 1)
    } else if (wants === 'comma or end') {
      if (here !== ',')
        return fault(
          at,
          inside?.kind === '{' ? '"," or "}"' : '"," or "]"',
          inside?.kind === '{' ? '« , » ou « } »' : '« , » ou « ] »',
        )
      wants = inside?.kind === '{' ? 'key' : 'value'
      at = skip(json, at + 1)
    } else if (wants === 'key' || wants === 'key or end') {
      const key = match(string, json, at)
      if (key === undefined) return fault(at, 'a key in double quotes', 'une clé entre guillemets doubles')
      const name = JSON.parse(key) as string
      if (inside?.keys.has(name)) return { at, text: text(`the key "${name}" stands twice`, `la clé « ${name} » figure deux fois`) }
      inside?.keys.add(name)
      at = skip(json, at + key.length)
      if (json[at] !== ':') return fault(at, '":"', '« : »')
      at = skip(json, at + 1)
      wants = 'value'
    } else if (here === '{' || here === '[') {
      if (open.length === deepest)
        return { at, text: text(`is nested deeper than ${deepest}`, `est imbriqué sur plus de ${deepest} niveaux`) }
      open.push({ kind: here, keys: new Set() })
      wants = here === '{' ? 'key or end' : 'value or end'
      at = skip(json, at + 1)
    } else {
      const value = match(string, json, at) ?? match(atom, json, at)
      if (value === undefined) return fault(at, 'a value', 'une valeur')
      at = skip(json, at + value.length)
      wants = 'comma or end'
    }
  }
}

function skip(json: string, at: number): number {
  return at + (match(space, json, at)?.length ?? 0)
}

function match(pattern: RegExp, json: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(json)?.[0]
}

function fault(at: number, en: string, fr: string): Fault {
  return {
    at,
    text: text(`is not valid JSON: here stands something else than ${en}`, `n’est pas du JSON valide : il faut ici ${fr}`),
  }
}

function place(json: string, at: number): string {
  const before = json.slice(0, at).split('\n')
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

function refuse(where: string, { en, fr }: Text): PalabreError {
  return new PalabreError('bad-settings', text(`${where} ${en}`, `${where} ${fr}`), {
    todo: text(
      'Correct the file there; nothing was started or changed.',
      'Corrigez le fichier à cet endroit ; rien n’a été démarré ni changé.',
    ),
  })
}
