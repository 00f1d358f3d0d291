export { plugin } from './bent-plugin.ts'
