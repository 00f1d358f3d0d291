import type { Face } from '@palabre/sdk/contract/face'

/** What the person chose about being told. Nothing is shown or heard before they chose it. */
export interface Choices {
  /** Undefined: not decided yet. */
  tells: boolean | undefined
  showsText: boolean
  sounds: boolean
}

export function choicesIn(face: Face): Choices {
  const at = (key: string) => {
    const kept = face.kept(`notices.${key}`)
    return kept === undefined ? undefined : kept === 'on'
  }
  const keep = (key: string, on: boolean | undefined) => face.keep(`notices.${key}`, on === true ? 'on' : 'off')
  return {
    get tells() {
      return at('tell')
    },
    set tells(on) {
      keep('tell', on)
    },
    get showsText() {
      return at('text') ?? false
    },
    set showsText(on) {
      keep('text', on)
    },
    get sounds() {
      return at('sound') ?? false
    },
    set sounds(on) {
      keep('sound', on)
    },
  }
}
