import type { PageLanguage } from './language.ts'

/** Offers the language that is not spoken, in its own words. */
export function showLanguageButton(language: PageLanguage): void {
  const button = document.querySelector<HTMLButtonElement>('#language')!
  button.hidden = false
  button.addEventListener('click', () => language.choose(other(language.now)))
  language.follow((now) => {
    button.lang = other(now)
    button.textContent = now === 'fr' ? 'English' : 'Français'
  })
}

const other = (language: 'en' | 'fr') => (language === 'fr' ? 'en' : 'fr')
