export { plugin } from './swapping-plugin.ts'
