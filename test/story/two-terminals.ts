import { newPerson, type Person } from './cli-process.ts'
import { startPty, type PtyPalabre, type TerminalKind } from './pty.ts'
import { linkOf } from './two-talkers.ts'

/** What is said stays on this machine. */
export const settings = {
  plugins: {
    'transport-tcp': { enabled: true, config: { listen: ['/ip4/127.0.0.1/tcp/0'] } },
    'transport-websocket': false,
  },
}

/** Ada on the left and Bob on the right, each at a terminal, in conversation. */
export interface TwoTerminals extends AsyncDisposable {
  readonly ada: Person
  readonly left: PtyPalabre
  readonly right: PtyPalabre
}

export async function openTwoTerminals(rightKind: Partial<TerminalKind> = {}): Promise<TwoTerminals> {
  await using stack = new AsyncDisposableStack()
  const [ada, bob] = [stack.use(newPerson(settings)), stack.use(newPerson(settings))]
  const [left, right] = [stack.use(at(ada)), stack.use(at(bob, rightKind))]
  await meet(left, ada, right)
  const kept = stack.move()
  return { ada, left, right, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

export const at = ({ profileDir }: Person, kind?: Partial<TerminalKind>): PtyPalabre =>
  startPty({ profileDir, ...(kind === undefined ? {} : { kind }) })

/** Both say their names; the right one takes the left one's invite. */
export async function meet(left: PtyPalabre, inviter: Person, right: PtyPalabre): Promise<void> {
  await Promise.all([left.shows('How are you called'), right.shows('How are you called')])
  left.type('Ada\r')
  right.type('Bob\r')
  await Promise.all([left.shows('/accept LINK.'), right.shows('/accept LINK.')])
  right.type(`/accept ${await linkOf(inviter)}\r`)
  await Promise.all([left.shows('── Bob ──'), right.shows('── Ada ──')])
  await Promise.all([left.shows(bottom(/● Direct/, '›')), right.shows(bottom(/● Direct/, '›'))])
}

/** The row over the input, and the input, at the end of what the screen shows. */
export function bottom(status: RegExp, input: string): (rows: readonly string[]) => boolean {
  return (rows) => {
    const [over = '', line = ''] = lastRows(rows, 2)
    return status.test(over) && line.trimEnd() === input
  }
}

export function lastRows(rows: readonly string[], count: number): string[] {
  const end = rows.findLastIndex((row) => row !== '')
  return rows.slice(Math.max(0, end + 1 - count), end + 1)
}
