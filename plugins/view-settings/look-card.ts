import { html, type TemplateResult } from 'lit'
import { languages } from '@palabre/sdk'
import { themes, type Face } from '@palabre/sdk/contract/face'
import { themeWords, words } from './words.ts'

const languageNames = { en: 'English', fr: 'Français' } as const

/** The theme and the language, worn and spoken as soon as they are chosen. */
export function lookCard(face: Face): TemplateResult {
  const { language, theme } = face
  return html`<section class="card">
    <h2>${words.look[language]}</h2>
    <fieldset>
      <legend class="label">${words.theme[language]}</legend>
      <div class="choices">
        ${themes.map(
          (one) =>
            html`<label class="choice"
              ><input type="radio" name="theme" .checked=${one === theme} @change=${() => face.wear(one)} />${
                themeWords[one][language]
              }</label
            >`,
        )}
      </div>
    </fieldset>
    <fieldset>
      <legend class="label">${words.language[language]}</legend>
      <div class="choices">
        ${languages.map(
          (one) =>
            html`<label class="choice" lang=${one}
              ><input type="radio" name="language" .checked=${one === language} @change=${() => face.speak(one)} />${
                languageNames[one]
              }</label
            >`,
        )}
      </div>
    </fieldset>
  </section>`
}
