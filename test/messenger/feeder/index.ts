export { plugin } from './feeder.ts'
