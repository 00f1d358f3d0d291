import { buttons } from '../face-parts/buttons.ts'
import { fields } from '../face-parts/fields.ts'
import { ground } from '../face-parts/ground.ts'
import { page } from '../face-parts/page.ts'
import { surfaces } from '../face-parts/surfaces.ts'

/**
 * What all views are made of, as CSS. Views wear it with `wearFace`; one that must stand without the frame takes it from here. Colours,
 * corners and type come from the page as `--palabre-…`.
 */
export const faceParts = ground + page + buttons + fields + surfaces
