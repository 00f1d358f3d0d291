export { plugin } from './detour.ts'
