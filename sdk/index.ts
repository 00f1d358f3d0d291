export { bytesText, msText } from './amount.ts'
export { equalBytes, fromBase64Url, fromHex, joinBytes, toBase64Url, toHex, utf8 } from './bytes.ts'
export { isCode, isPalabreError, messageOf, PalabreError, textOf, type Actor, type Code, type ErrorDetails } from './error.ts'
export { follow } from './follow.ts'
export {
  decideHook,
  hookLabel,
  notifyHook,
  waterfallHook,
  type AnyTap,
  type Hook,
  type HookLaw,
  type OnThrow,
  type Stage,
} from './hook.ts'
export type { JsonSchema } from './json-schema.ts'
export type { HostKind, Manifest, Sight } from './manifest.ts'
export { isOfOwnNetwork } from './own-network.ts'
export {
  definePlugin,
  isPlugin,
  settings,
  type Given,
  type Lent,
  type Needs,
  type Plugin,
  type Provides,
  type Wanted,
} from './plugin.ts'
export type { HookCall, Scope } from './scope.ts'
export { hasWords, plainText } from './sought-words.ts'
export { languages, plural, text, type Language, type Text } from './text.ts'
export {
  labelOf,
  optional,
  slot,
  token,
  type Entry,
  type Leave,
  type Live,
  type Many,
  type OptionalToken,
  type Slot,
  type Token,
  type Watcher,
} from './token.ts'
export { createGate, type Gate } from './gate.ts'
export { createTurns, type Turns } from './turns.ts'
export { sdkVersion } from './version.ts'
export { createWatched, type Watched } from './watched.ts'
