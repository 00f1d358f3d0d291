import { textOf } from '@palabre/sdk'
import type { Action } from '@palabre/sdk/contract/action'
import type { OwnFace } from './create-face.ts'
import { isPressed } from './key-chord.ts'

const isApple = () => /mac|iphone|ipad/i.test(navigator.platform)

/** Runs the action whose key is pressed. */
export function followKeys(actions: () => readonly Action[], face: OwnFace): Disposable {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const action = actions().find(({ key }) => key !== undefined && isPressed(key, event, isApple()))
    if (action === undefined) return
    event.preventDefault()
    void act(action, face)
  }
  addEventListener('keydown', pressed)
  return { [Symbol.dispose]: () => removeEventListener('keydown', pressed) }
}

/** What goes wrong is told to the person, and breaks nothing. */
export async function act(action: Action, face: Pick<OwnFace, 'say'>): Promise<void> {
  try {
    await action.run()
  } catch (error) {
    face.say(textOf(error))
  }
}
