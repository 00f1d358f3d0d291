// limit: 300 s
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson, type Person } from './cli-process.ts'
import { noPty, startPty, type PtyOptions, type PtyPalabre } from './pty.ts'

const test = suite('terminal')
const reason = noPty()
if (reason !== undefined) console.log(`SKIPPED: conversations on a terminal: ${reason}`)
const onTerminal = reason === undefined ? test : test.skip

/** What is said stays on this machine. */
const settings = {
  plugins: {
    'transport-tcp': { enabled: true, config: { listen: ['/ip4/127.0.0.1/tcp/0'] } },
    'transport-websocket': false,
  },
}

onTerminal('two people type to each other, and a half-typed line survives what comes in', async () => {
  await using ada = newPerson(settings)
  await using bob = newPerson(settings)
  await using left = at(ada)
  await using right = at(bob)
  await meet(left, ada, right)

  left.type('hello Bob\r')
  await right.shows(/^#1 \d\d:\d\d Ada: hello Bob$/m)
  await left.shows(/^#1 \d\d:\d\d me: hello Bob$/m)
  await left.shows(bottom(/Bob · ● Direct · local network · ✓✓ read/, '›'))

  right.type('this is only half of')
  await right.shows(bottom(/Ada/, '› this is only half of'))
  await left.shows(bottom(/typing…/, '›'))
  left.type('second\r')
  await right.shows(/^#2 \d\d:\d\d Ada: second$/m)
  await right.shows(bottom(/Ada · ● Direct/, '› this is only half of'))
  right.type(' what I say\r')
  await left.shows(/^#3 \d\d:\d\d Bob: this is only half of what I say$/m)
  await right.shows(/^#3 \d\d:\d\d me: this is only half of what I say$/m)
  assert.is(rowsWith(right, 'half of').length, 1, 'what was typed is not left standing beside what was sent')

  right.type('a line that is long enough to be broken in two where the terminal is narrow')
  await right.shows((rows) => rows.some((row) => row.endsWith('narrow')))
  await right.resize(40, 20)
  left.type('third\r')
  await right.shows(/^#4 \d\d:\d\d Ada: third$/m)
  await right.shows(
    (rows) => lastRows(rows, 2).join('') === '› a line that is long enough to be broken in two where the terminal is narrow',
  )
  await right.resize(100, 30)
  left.type('日本語 🌍 e\u0301\r')
  await right.shows(/Ada: 日本語 🌍 e\u0301$/m)
  await right.shows(bottom(/^Ada · /, '› a line that is long enough to be broken in two where the terminal is narrow'))
  assert.is(rowsWith(right, 'Ada: third').length, 1)

  right.type('\u0003')
  await right.shows(bottom(/^Ada · /, '›'))
  right.type('\u0004')
  assert.is(await right.ended, 0)
  left.type('\u0003')
  assert.is(await left.ended, 0)
  assert.ok(left.raw().endsWith('\u001b[?2004l') || left.raw().includes('\u001b[?2004l'), 'the terminal pastes as before')
})

onTerminal('however the window is drawn, one prompt stands at the bottom and no row of an old one is left', async () => {
  await using ada = newPerson(settings)
  await using bob = newPerson(settings)
  await using left = at(ada)
  await using right = at(bob)
  await meet(left, ada, right)
  const typed = 'half a line that a narrow window breaks'
  right.type(typed)
  await right.shows((rows) => rows.some((row) => row.endsWith('breaks')))
  for (const [turn, [columns, rows]] of [
    [40, 20],
    [100, 30],
    [23, 12],
    [24, 12],
    [22, 12],
    [120, 40],
    [31, 9],
    [80, 24],
  ].entries()) {
    await right.resize(columns!, rows!)
    left.type(`turn ${turn}\r`)
    await right.shows(new RegExp(`Ada: turn ${turn}$`, 'm'))
    await right.shows((all) => all.join('').trimEnd().endsWith(`› ${typed}`))
    const all = right.rows()
    const since = all.slice(all.lastIndexOf('── Ada ──'))
    const seen = `${columns} wide:\n${since.join('\n')}`
    assert.ok(since.join('').includes('as soon as you are both there.'), seen)
    assert.is(since.join('').split(typed).length - 1, 1, seen)
    assert.is(since.filter((row) => row.startsWith('›')).length, 1, seen)
    assert.is(since.filter((row) => row.startsWith('Ada · ')).length, 1, seen)
  }
})

onTerminal('strokes: history, reply, edit, react, delete, path, safety number, Tab, French', async () => {
  await using ada = newPerson(settings)
  await using bob = newPerson(settings)
  await using left = at(ada)
  await using right = at(bob)
  await meet(left, ada, right)

  left.type('one wrng word\r')
  await right.shows('Ada: one wrng word')
  left.type('/edit one right word\r')
  await right.shows('#1 Ada changed it: one right word')
  right.type('/react 👍\r')
  await left.shows('#1 👍')
  right.type('/reply #1 so it is\r')
  await left.shows(/^#2 \d\d:\d\d Bob: ↪ so it is$/m)
  left.type('/delete 1\r')
  await right.shows('#1 Ada deleted it')
  left.type('/hist\t')
  await left.shows(bottom(/Bob/, '› /history'))
  left.type('\r')
  await left.shows(/^#1 \d\d:\d\d me: \(deleted\)/m)
  left.type('/path\r')
  await left.shows('End-to-end encrypted on every road.')
  left.type('/verify\r')
  await left.shows(/(\d{5} ){3}\d{5}/)
  left.type('/nonsense\r')
  await left.shows('There is no /nonsense.')
  left.type('/lang fr\r/outbox\r')
  await left.shows('Rien n’attend')
  left.type('/to bo\t\r')
  await left.shows((rows) => rows.filter((row) => row === '── Bob ──').length === 2)
  left.type('\u001b[200~pasted\rin two rows\u001b[201~\r')
  await right.shows((rows) => rows.some((row, i) => row.endsWith('Ada: pasted') && rows[i + 1] === '      │ in two rows'))
  left.type('/quit\r')
  assert.is(await left.ended, 0)
})

onTerminal('what others send moves nothing on the screen', async () => {
  await using ada = newPerson(settings)
  await using bob = newPerson(settings)
  await using left = at(ada)
  await using right = at(bob)
  await meet(left, ada, right)
  const hostile = '\u001b[2J\u001b[1;1Howned\u0007\u009b31m\u202eevil\n#9 12:00 Bob: I never said that'
  const sent = await ada.palabre('send', '--to', 'Bob', '--message', hostile, '--wait', 'delivered', '--seconds', '30')
  assert.is(sent.code, 0, sent.err)
  const rows = await right.shows('I never said that')
  assert.ok(rows.some((row) => row.includes('\\u001b[2J\\u001b[1;1Howned\\u0007\\u009b31m\\u202eevil')))
  assert.ok(rows.includes('      │ #9 12:00 Bob: I never said that'))
  assert.not.match(right.raw(), /\u001b\[2J|\u0007|\u009b|\u202e/)
})

onTerminal('it converses in the Palabre that is up, and says so when that ends', async () => {
  await using ada = newPerson(settings)
  await using bob = newPerson(settings)
  const up = ada.start(['run'])
  await up.says('Ctrl-C')
  await using left = at(ada)
  await using right = at(bob)
  await meet(left, ada, right)
  left.type('from inside\r')
  await right.shows('Ada: from inside')
  up.signal('SIGINT')
  assert.is(await left.ended, 3)
  assert.match(left.rows().join('\n'), 'has ended before it was done')
})

onTerminal('a signal ends it with its own code, and the terminal is as before', async () => {
  await using ada = newPerson(settings)
  await using left = at(ada)
  await left.shows('How are you called')
  left.signal('SIGTERM')
  assert.is(await left.ended, 143)
  assert.match(left.raw(), '\u001b[?2004l')
})

test('with --plain the cursor never moves, on a terminal or without one', async () => {
  await using ada = newPerson(settings)
  await using bob = newPerson(settings)
  const left = ada.start(['--plain'], { stdio: ['pipe', 'pipe', 'pipe'] })
  left.child.stdin!.write('Ada\n')
  await left.says('/accept LINK.')
  const { link } = JSON.parse((await ada.palabre('invite', 'create', '--json')).out) as { link: string }
  const right = bob.start(['--plain', '--lang', 'fr'], { stdio: ['pipe', 'pipe', 'pipe'] })
  right.child.stdin!.write(`Bob\n/accept ${link}\n`)
  await left.says('Bob is here now.')
  left.child.stdin!.write('aloud\n')
  await right.says('Ada: aloud')
  await left.says(/#1 ✓ delivered|#1 ✓✓ read/)
  right.child.stdin!.end()
  assert.is((await right.ended).code, 0)
  await left.says('Bob: ○ offline')
  left.child.stdin!.end()
  const { code, out } = await left.ended
  assert.is(code, 0)
  assert.not.match(out, '\u001b')
})

test('without the messenger it says what is missing, and sends nothing', async () => {
  await using ada = newPerson({ plugins: { ...settings.plugins, 'messenger-pipeline': false } })
  const one = ada.start(['--plain'], { stdio: ['pipe', 'pipe', 'pipe'] })
  one.child.stdin!.end('Ada\nhello\n')
  const { code, err } = await one.ended
  assert.is(code, 2)
  assert.match(err, 'messenger-pipeline')
})

test.run()

function at({ profileDir }: Person, options: Partial<PtyOptions> = {}): PtyPalabre {
  return startPty({ profileDir, ...options })
}

/** Both say their names; the right one takes the left one's invite. */
async function meet(left: PtyPalabre, inviter: Person, right: PtyPalabre): Promise<void> {
  await Promise.all([left.shows('How are you called'), right.shows('How are you called')])
  left.type('Ada\r')
  right.type('Bob\r')
  await Promise.all([left.shows('/accept LINK.'), right.shows('/accept LINK.')])
  const { link } = JSON.parse((await inviter.palabre('invite', 'create', '--json')).out) as { link: string }
  right.type(`/accept ${link}\r`)
  await Promise.all([left.shows('── Bob ──'), right.shows('── Ada ──')])
  await Promise.all([left.shows(bottom(/● Direct/, '›')), right.shows(bottom(/● Direct/, '›'))])
}

/** The row over the input, and the input, at the end of what the screen shows. */
function bottom(status: RegExp, input: string): (rows: readonly string[]) => boolean {
  return (rows) => {
    const [over = '', line = ''] = lastRows(rows, 2)
    return status.test(over) && line.trimEnd() === input
  }
}

function lastRows(rows: readonly string[], count: number): string[] {
  const end = rows.findLastIndex((row) => row !== '')
  return rows.slice(Math.max(0, end + 1 - count), end + 1)
}

const rowsWith = (one: PtyPalabre, what: string) => one.rows().filter((row) => row.includes(what))
