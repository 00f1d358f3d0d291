import { faceParts } from '@palabre/sdk/contract/face-parts'

/** One sheet for all views, so that the browser reads it once. */
export function createPartsSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(faceParts)
  return sheet
}
