import { isPalabreError, messageOf, text, type Text } from '@palabre/sdk'

/** What went wrong, as the person reads it. */
export function errorText(error: unknown): Text {
  return isPalabreError(error) ? error.text : text(messageOf(error), messageOf(error))
}
