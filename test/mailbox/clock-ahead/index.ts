export { plugin } from './ahead-plugin.ts'
