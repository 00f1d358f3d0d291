import { plural, text } from '@palabre/sdk'

export const words = {
  title: text('Tally', 'Compteur'),
  count: text('Count one more', 'Compter un de plus'),
}

export const counted = (count: number) =>
  plural(count, {
    en: { one: '# counted', other: '# counted' },
    fr: { one: '# compté', other: '# comptés' },
  })
