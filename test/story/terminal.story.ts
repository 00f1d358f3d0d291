// limit: 300 s
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson } from './cli-process.ts'
import { noPty, startPty, type PtyPalabre } from './pty.ts'
import { linkOf, piped } from './two-talkers.ts'
import { at, bottom, lastRows, meet, openTwoTerminals, settings } from './two-terminals.ts'

const test = suite('terminal')
const reason = noPty()
if (reason !== undefined) console.log(`SKIPPED: conversations on a terminal: ${reason}`)
const onTerminal = reason === undefined ? test : test.skip

onTerminal('two people type to each other, and a half-typed line survives what comes in', async () => {
  await using two = await openTwoTerminals()
  const { left, right } = two

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
  assert.match(left.raw(), '\u001b[?2004l', 'the terminal pastes as before')
})

onTerminal('what is longer than the window is taken whole, and leaves nothing of it behind', async () => {
  await using ada = newPerson(settings)
  await using bob = newPerson(settings)
  await using left = at(ada)
  await using right = at(bob)
  await right.shows('How are you called')
  await right.resize(80, 12)
  await meet(left, ada, right)
  assert.equal(linkRows(right), [], 'of the invite that was pasted')
  const words = Array.from({ length: 600 }, (_, at) => `w${at}`)
  right.type(words.join(' '))
  await right.shows((rows) => rows.join('').trimEnd().endsWith('w599'))
  left.type('meanwhile\r')
  await right.shows('Ada: meanwhile')
  right.type('\u0001so: \u0005\r')
  await left.shows((rows) => rows.join('').includes(`Bob: so: ${words.join(' ')}`))
  const rows = await right.shows((all) => all.join('').includes(`me: so: ${words.join(' ')}`) && bottom(/Ada/, '›')(all))
  assert.is(rows.join('').split('w599').length, 2, 'once, as it was said')
  assert.is(rows.filter((row) => row.startsWith('›')).length, 1)
})

onTerminal('put aside with Ctrl-Z and taken up again, it goes on with the line that was half typed', async () => {
  await using ada = newPerson(settings)
  await using one = at(ada)
  await one.shows('How are you called')
  one.type('Ada\r')
  await one.shows('/accept LINK.')
  one.type('/hel\u001a')
  await one.shows(bottom(/Palabre/, '› /hel'))
  one.signal('SIGCONT')
  one.type('p\r')
  await one.shows('What you type is sent.')
})

onTerminal('strokes: history, reply, edit, react, delete, path, safety number, Tab, French', async () => {
  await using two = await openTwoTerminals()
  const { left, right } = two

  left.type('one wrng word\r')
  await right.shows('Ada: one wrng word')
  left.type('/edit one right word\r')
  await right.shows('#1 Ada changed it: one right word')
  right.type('/react 👍\r')
  await left.shows('#1 👍')
  right.type('/reply #1 so it is\r')
  await left.shows(/^#2 \d\d:\d\d Bob: ↪ so it is$/m)
  left.type('/delete 99\r/edit #99 no\r/search\r')
  await left.shows('/search WORDS: find messages')
  assert.is(rowsWith(left, 'There is no such message.').length, 2, 'and the last one stays as it is')
  left.type('/delete 1\r')
  await right.shows('#1 Ada deleted it')
  left.type('/hist\t')
  await left.shows(bottom(/Bob/, '› /history'))
  left.type('\r')
  await left.shows(/^#1 \d\d:\d\d me: \(deleted\)/m)
  left.type('/path\r')
  await left.shows('End-to-end encrypted on every road.')
  assert.not.match(left.raw(), '/ip4/', 'an address as a person writes it')
  left.type('/verify\r')
  await left.shows(/(\d{5} ){3}\d{5}/)
  left.type('/to Nobody\r')
  await left.shows('! /contacts shows them all.')
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
  await using two = await openTwoTerminals()
  const { ada, right } = two
  const hostile = '\u001b[2J\u001b[1;1Howned\u0007\u009b31m\u202eevil\n#9 12:00 Bob: I never said that'
  const sent = await ada.palabre('send', '--to', 'Bob', '--message', hostile, '--wait', 'delivered', '--seconds', '30')
  assert.is(sent.code, 0, sent.err)
  const rows = await right.shows('I never said that')
  assert.ok(rows.some((row) => row.includes('\\u001b[2J\\u001b[1;1Howned\\u0007\\u009b31m\\u202eevil')))
  assert.ok(rows.includes('      │ #9 12:00 Bob: I never said that'))
  assert.not.match(right.raw(), /\u001b\[2J|\u0007|\u009b|\u202e/)
})

onTerminal('who comes under a known name with another key is announced as that, and written to once you trust them', async () => {
  await using two = await openTwoTerminals()
  const { ada, left } = two
  await using other = newPerson(settings)
  await other.palabre('id', 'name', 'Bób')
  await other.palabre('invite', 'accept', await linkOf(ada))
  await other.palabre('send', '--to', 'Ada', '--message', 'my new machine', '--wait', 'delivered', '--seconds', '60')
  const rows = await left.shows('my new machine')
  const [id] =
    /pal1\w{58}/.exec(rows.slice(rows.findIndex((row) => row.includes('Another contact of yours is called'))).join('')) ?? []
  left.type(`/to ${id}\rthe key is under the mat\r`)
  await left.shows((all) => all.join('').includes('nothing is sent until you have decided'))
  left.type('/trust\r')
  await left.shows('You can write to Bób.')
  left.type('welcome\r')
  await left.shows(/me: welcome$/m)
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

onTerminal('whoever was asked for a passphrase first can type afterwards', async () => {
  await using ada = newPerson(settings)
  assert.is((await piped(ada, 'correct horse\n', 'vault', 'passphrase')).code, 0)
  await using one = at(ada)
  await one.shows('Passphrase of your vault:')
  one.type('correct horse\r')
  await one.shows('How are you called')
  one.type('Ada\r')
  await one.shows('You are Ada')
  one.type('\u0003')
  assert.is(await one.ended, 0)
  assert.not.match(one.raw(), 'correct')
})

onTerminal('who listens on a terminal is told that it waits, and how that ends', async () => {
  await using ada = newPerson(settings)
  await using one = startPty({ profileDir: ada.profileDir, args: ['listen', '--lang', 'fr'] })
  await one.shows('En attente de ce qui vient ; Ctrl-C termine.')
  one.type('\u0003')
  assert.is(await one.ended, 0)
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
  const right = bob.start(['--plain', '--lang', 'fr'], { stdio: ['pipe', 'pipe', 'pipe'] })
  right.child.stdin!.write(`Bob\n/accept ${await linkOf(ada)}\n`)
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

/** Below their own one, of nothing but signs of a link: no sentence has so many without a space. */
function linkRows(terminal: PtyPalabre): readonly string[] {
  const rows = terminal.rows()
  return rows.slice(rows.findIndex((row) => row.includes('/accept LINK.'))).filter((row) => /^[\w-]{60,}$/.test(row))
}

test.run()

const rowsWith = (one: PtyPalabre, what: string) => one.rows().filter((row) => row.includes(what))
