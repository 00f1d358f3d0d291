export { plugin } from './weaker.ts'
