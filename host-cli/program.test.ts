import { isPalabreError, sdkVersion, text, type JsonSchema, type Language } from '@palabre/sdk'
import type { CommandSpec } from '@palabre/sdk/contract/command'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { runProgram, type PluginVerb } from './program.ts'

const title = (en: string, fr = en) => ({ 'x-title': text(en, fr) })
const command = (
  id: string,
  properties: Record<string, JsonSchema> = {},
  more: Partial<CommandSpec> & { required?: string[] } = {},
) => {
  const { required = [], ...spec } = more
  return { id, title: text(`Does ${id}`, `Fait ${id}`), args: { type: 'object', required, properties }, ...spec }
}
const shown = (spec: CommandSpec): PluginVerb => ({ spec, shown: true })

const send = command(
  'chat.send',
  {
    to: { type: 'string', ...title('To whom', 'À qui') },
    words: { type: 'array', items: { type: 'string' } },
    urgent: { type: 'boolean' },
    echo: { type: 'boolean', default: true },
    times: { type: 'integer' },
    level: { type: 'number' },
    extra: { type: 'object' },
    'reply-to': { type: 'string' },
    tone: { enum: ['soft', 'loud'], ...title('How', 'Comment') },
  },
  { required: ['to'], positional: ['to', 'words'] },
)
const commands = [
  shown(send),
  shown(command('chat.list')),
  shown(command('ping', { host: { type: 'string' }, count: { type: 'integer' } }, { positional: ['host', 'count'] })),
  { ...shown(command('chat.secret')), shown: false },
]

/** What a line does: which command with which arguments, or the complaint; and what was printed. */
async function type(line: string[], language: Language = 'en') {
  const done: { ran?: string; args?: unknown; en?: string; fr?: string; todo?: string; frTodo?: string; printed: string } = {
    printed: '',
  }
  const write = process.stdout.write
  process.stdout.write = (chunk) => {
    done.printed += String(chunk)
    return true
  }
  try {
    await runProgram(
      {
        language,
        commands,
        verbs: [
          {
            spec: command('create.plugin', { name: { type: 'string' } }, { positional: ['name'] }),
            run: async (args) => void Object.assign(done, { ran: 'create.plugin', args }),
          },
        ],
        run: async ({ id }, args) => void Object.assign(done, { ran: id, args }),
      },
      line,
    )
  } catch (error) {
    if (!isPalabreError(error) || error.code !== 'bad-argument') throw error
    Object.assign(done, { en: error.text.en, fr: error.text.fr, todo: error.todo?.en, frTodo: error.todo?.fr })
  } finally {
    process.stdout.write = write
  }
  return done
}
const argsOf = async (...line: string[]) => (await type(['chat', 'send', ...line])).args

test('arguments by place, by name, and both in any order', async () => {
  assert.equal(await argsOf('awa', 'good', 'day'), { to: 'awa', words: ['good', 'day'] })
  assert.equal(await argsOf('--to', 'awa'), { to: 'awa' })
  assert.equal(await argsOf('--to=awa', 'good', 'day'), { to: 'awa', words: ['good', 'day'] })
  assert.equal(await argsOf('--words', 'good', 'day', '--to', 'awa'), { to: 'awa', words: ['good', 'day'] })
  assert.equal(await argsOf('--urgent', 'awa', '--words', 'hi'), { to: 'awa', words: ['hi'], urgent: true })
})

test('numbers, also negative ones, by name and by place; JSON; choices', async () => {
  assert.equal(await argsOf('awa', '--times', '-3', '--level', '-0.5'), { to: 'awa', times: -3, level: -0.5 })
  assert.equal(await argsOf('awa', '--extra', '{"a":{"b":1}}', '--tone', 'soft'), {
    to: 'awa',
    extra: { a: { b: 1 } },
    tone: 'soft',
  })
  assert.equal((await type(['ping', 'here', '-2'])).args, { host: 'here', count: -2 })
})

test('an argument whose name has a hyphen comes under that name', async () => {
  assert.equal(await argsOf('awa', '--reply-to', 'kofi'), { to: 'awa', 'reply-to': 'kofi' })
})

test('a switch that is on by itself can be switched off, and is else not spoken of', async () => {
  assert.equal(await argsOf('awa', '--no-echo'), { to: 'awa', echo: false })
  assert.equal(await argsOf('awa'), { to: 'awa' })
})

test('after -- words may look like options', async () => {
  assert.equal(await argsOf('awa', '--', '--urgent', '-x'), { to: 'awa', words: ['--urgent', '-x'] })
})

test('what is missing, too much, or refused is told with the verb’s own help', async () => {
  const missing = await type(['chat', 'send'])
  assert.equal([missing.en, missing.fr], ['"chat send" wants <to>', '« chat send » demande <to>'])
  assert.equal([missing.todo, missing.frTodo], ['See: palabre chat send --help', 'Voyez : palabre chat send --help'])
  const tooMuch = await type(['ping', 'a', '1', 'b', 'c'])
  assert.equal([tooMuch.en, tooMuch.fr], ['"ping" does not know what to do with "b c"', '« ping » ne sait que faire de « b c »'])
  assert.equal([tooMuch.todo, tooMuch.frTodo], ['See: palabre ping --help', 'Voyez : palabre ping --help'])
  assert.is((await type(['ping', '--host', 'a', '1', '2'])).en, '"ping" does not know what to do with "2"')
  assert.is((await type(['chat', 'send', 'a', '--times', 'x'])).en, '--times wants a number, not "x"')
  assert.is((await type(['chat', 'send', 'a', '--tone', 'lowd'])).todo, 'Did you mean "loud"? One of: soft, loud')
  const noValue = await type(['chat', 'send', 'a', '--times'])
  assert.equal([noValue.en, noValue.fr], ['--times wants a value', '--times demande une valeur'])
})

test('an unknown verb is told with the nearest: beside it, or deeper', async () => {
  const lst = await type(['chat', 'lst', '--urgent'])
  assert.equal([lst.en, lst.fr], ['there is no command "chat lst"', 'il n’y a pas de commande « chat lst »'])
  assert.equal(
    [lst.todo, lst.frTodo],
    ['Did you mean "chat list"? See: palabre chat --help', 'Vouliez-vous dire « chat list » ? Voyez : palabre chat --help'],
  )
  assert.match((await type(['chta'])).todo!, 'Did you mean "chat"?')
  assert.match((await type(['send'])).todo!, 'Did you mean "chat send"?')
  assert.is((await type(['zzzzzz'])).todo, 'See: palabre --help')
  assert.not.match((await type(['chat', 'secre'])).todo!, 'Did you mean "chat secret"')
})

test('an unknown option is told with the nearest, the global ones included', async () => {
  const urgnt = await type(['chat', 'send', 'a', '--urgnt'])
  assert.equal([urgnt.en, urgnt.fr], ['there is no option "--urgnt"', 'il n’y a pas d’option « --urgnt »'])
  assert.match(urgnt.todo!, 'Did you mean "--urgent"? See: palabre chat send --help')
  assert.match((await type(['chat', 'list', '--jsn'])).frTodo!, 'Vouliez-vous dire « --json »')
  assert.match((await type(['--profil'])).todo!, '"--profile"')
})

test('commands of plugins that are off are left out of the help, and can be typed', async () => {
  assert.not.match((await type(['chat', '--help'])).printed, 'secret')
  assert.is((await type(['chat', 'secret'])).ran, 'chat.secret')
})

test('help is the answer to --help, to help, and to a group alone', async () => {
  for (const line of [['chat', '--help'], ['chat', '-h'], ['help', 'chat'], ['chat']]) {
    const { printed, en } = await type(line)
    assert.is(en, undefined)
    assert.match(printed, /^Usage: palabre chat <command>\n\nOptions:/)
    assert.match(printed, /send <to> \[words\.\.\.\] \[options\] +Does chat\.send/)
  }
  assert.match((await type(['ping', '--help'])).printed, /^Usage: palabre ping \[host\] \[count\]\n/)
  assert.match((await type(['chat', 'list', '--help'])).printed, /^Usage: palabre chat list\n/)
  assert.match((await type(['chat', 'send', '--help'])).printed, /--tone <tone> +How \(one of: soft, loud\)/)
  const { printed: all } = await type(['--help'])
  assert.match(all, /Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 .*\n {2}130 /)
  assert.not.match(all, /^ {2}help /m)
  assert.is((await type(['--version'])).printed, `${sdkVersion}\n`)
})

test('help speaks French throughout', async () => {
  const { printed } = await type(['--help'], 'fr')
  assert.match(printed, /^Usage : palabre <commande> \[options\]\n\nLa conversation privée, sans centre\n/)
  for (const words of [
    'Options :',
    'Commandes :',
    '--profile-dir <dossier>',
    'afficher l’aide',
    'Codes de sortie :',
    /chat <commande> +send, list\n/,
    'create <commande>',
  ]) {
    assert.match(printed, words)
  }
  const { printed: send } = await type(['chat', 'send', '--help'], 'fr')
  for (const words of ['Fait chat.send', 'Arguments :', 'À qui', 'Comment (au choix : soft, loud)']) assert.match(send, words)
  assert.not.match(printed + send, /\b(?:Commands|choices|show help|the language)\b/)
})

test('titles of plugins reach the terminal without what it would obey', async () => {
  commands.push(shown(command('evil.do', { what: { type: 'string', ...title('\u001b[2J\u0007red\u202eoops') } })))
  const { printed } = await type(['evil', 'do', '--help'])
  commands.pop()
  assert.not.match(printed, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  assert.match(printed, '\\u0007red\\u202eoops')
})

test.run()
