import { definePlugin, PalabreError, text, token } from '@palabre/sdk'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createBoard, type Board, type BoardState } from './board.ts'

const Tree = token<string>('tree')
const Nest = token<string>('nest')

const tree = testPlugin('tree', definePlugin({ provides: { tree: Tree }, start: () => ({ tree: 'oak' }) }))
const nest = testPlugin('nest', definePlugin({ needs: { tree: Tree }, provides: { nest: Nest }, start: () => ({ nest: 'twigs' }) }))
const bird = testPlugin('bird', definePlugin({ needs: { nest: Nest }, start: () => undefined }))
const window = testPlugin('window', definePlugin({ needs: { views: View }, start: () => undefined }))
const stone = testPlugin('stone', definePlugin({ start: () => undefined }))
const egg = testPlugin('egg', definePlugin({ start: () => Promise.reject(cracked()) }))

const here = (name: string) => new URL(`../${name}/`, import.meta.url).href

test('the list comes, and follows what happens elsewhere', async () => {
  await using garden = await openGarden()
  assert.equal(garden.states(), { bird: 'running', egg: 'quarantined', nest: 'running', stone: 'running', tree: 'running' })
  await garden.host.plugins.disable('stone')
  await garden.host.clock.advance(25)
  assert.is(garden.states()['stone'], 'disabled')
})

test('what nobody needs is switched at once, and back', async () => {
  await using garden = await openGarden()
  await garden.board.disable('stone')
  assert.is(garden.board.now.asking, undefined)
  assert.is(garden.states()['stone'], 'disabled')
  await garden.board.enable('stone')
  assert.is(garden.states()['stone'], 'running')
  assert.equal([...garden.board.now.busy], [])
})

test('two clicks at once are one', async () => {
  await using garden = await openGarden()
  await Promise.all([garden.board.disable('stone'), garden.board.disable('stone')])
  assert.is(garden.asked('plugins.disable'), 1)
  assert.is(garden.states()['stone'], 'disabled')
})

test('what others need is asked about first, naming all who would stop', async () => {
  await using garden = await openGarden()
  await garden.board.disable('tree')
  assert.equal(garden.board.now.asking, { id: 'tree', also: ['nest', 'bird'], loses: undefined })
  assert.is(garden.states()['tree'], 'running')

  await garden.board.answer(false)
  assert.is(garden.board.now.asking, undefined)
  assert.is(garden.states()['tree'], 'running')

  await garden.board.disable('tree')
  await garden.board.answer(true)
  assert.equal(garden.states(), { bird: 'blocked', egg: 'quarantined', nest: 'blocked', stone: 'running', tree: 'disabled' })
})

test('whoever is blocked leads to where the trouble starts', async () => {
  await using garden = await openGarden()
  assert.equal([...garden.board.now.causes], [])
  await garden.board.disable('tree')
  await garden.board.answer(true)
  assert.equal(Object.fromEntries(garden.board.now.causes), { nest: 'tree', bird: 'tree' })
})

test('what the page stands on is asked about too', async () => {
  await using garden = await openGarden()
  await garden.board.disable('gardener')
  assert.equal(garden.board.now.asking, { id: 'gardener', also: [], loses: 'page' })
  await garden.board.disable('window')
  assert.equal(garden.board.now.asking, { id: 'window', also: [], loses: 'page' })
  await garden.board.disable('port-local')
  assert.equal(garden.board.now.asking, { id: 'port-local', also: ['gardener'], loses: 'page' })
  await garden.board.disable('plugin-manager')
  assert.equal(garden.board.now.asking, { id: 'plugin-manager', also: [], loses: 'switches' })
})

test('a switch that is refused says why beside the plugin, until the next try', async () => {
  await using garden = await openGarden()
  await garden.board.enable('egg')
  const told = garden.board.now.refused.get('egg')
  assert.is(told?.text.en, 'the shell is cracked')
  assert.is(told?.todo?.fr, 'Couvez-en un autre.')
  const again = garden.board.enable('egg')
  assert.is(garden.board.now.refused.get('egg'), undefined)
  assert.ok(garden.board.now.busy.has('egg'))
  await again
})

test('with the manager gone the last list stays, the reason is told, and all comes back with it', async () => {
  await using garden = await openGarden()
  await garden.board.disable('plugin-manager')
  await garden.board.answer(true)
  assert.match(garden.board.now.trouble?.text.en ?? '', /plugin-manager, which does not run/)
  assert.is(garden.states()['tree'], 'running')

  await garden.host.plugins.enable('plugin-manager')
  await garden.host.plugins.disable('stone')
  await garden.host.clock.advance(1_000)
  assert.is(garden.board.now.trouble, undefined)
  assert.is(garden.states()['stone'], 'disabled')
  await garden.host.plugins.enable('stone')
  await garden.host.clock.advance(25)
  assert.is(garden.states()['stone'], 'running')
})

test('watchers are told of each change until they leave', async () => {
  await using garden = await openGarden()
  const seen: BoardState[] = []
  const watching = garden.board.watch(() => void seen.push(garden.board.now))
  await garden.board.disable('stone')
  assert.ok(seen.some(({ busy }) => busy.has('stone')))
  watching[Symbol.dispose]()
  const { length } = seen
  await garden.board.enable('stone')
  assert.is(seen.length, length)
})

test('many changes at once are read in one go', async () => {
  await using garden = await openGarden()
  const before = garden.asked('plugins.list')
  await garden.host.plugins.disable('tree')
  await garden.host.clock.advance(25)
  assert.is(garden.states()['bird'], 'blocked')
  assert.is(garden.asked('plugins.list') - before, 1)
})

test('the plugin brings its view, and takes it away', async () => {
  await using host = await startTestHost({
    host: 'web',
    plugins: [here('view-plugins'), here('port-local'), here('plugin-manager')],
    lend: { views: View },
  })
  assert.equal(
    [...host.lent.views].map(({ id, place, tag }) => [id, place, tag]),
    [['plugins', 'panel', 'palabre-view-plugins']],
  )
  await host.plugins.disable('view-plugins')
  assert.is([...host.lent.views].length, 0)
  await host.plugins.enable('view-plugins')
  assert.is([...host.lent.views].length, 1)
})

test.run()

/** A kernel with a few plugins that need each other, the real port and manager, and the board in a plugin of its own. */
async function openGarden() {
  let board!: Board
  const asked: string[] = []
  const gardener = testPlugin(
    'gardener',
    definePlugin({
      needs: { port: Port },
      contributes: [View],
      start({ port }, scope) {
        scope.contribute(View, { id: 'garden', title: text('Garden', 'Jardin'), place: 'panel', tag: 'palabre-g', properties: {} })
        const counting: Port = {
          commands: port.commands,
          run: (command, args, options) => {
            asked.push(command)
            return port.run(command, args, options)
          },
          stream: port.stream,
          get state() {
            return port.state
          },
          watch: port.watch,
        }
        board = createBoard({ port: counting, self: scope.id, signal: scope.signal, after: (ms, fn) => scope.after(ms, fn) })
      },
    }),
  )
  const host = await startTestHost({
    host: 'web',
    plugins: [here('port-local'), here('plugin-manager'), tree, nest, bird, stone, egg, window, gardener],
  })
  await host.clock.advance(25)
  const ours = ['tree', 'nest', 'bird', 'stone', 'egg']
  return {
    host,
    get board() {
      return board
    },
    /** How often the kernel was asked for this. */
    asked: (command: string) => asked.filter((one) => one === command).length,
    states: () =>
      Object.fromEntries(
        (board.now.plugins ?? [])
          .filter(({ id }) => ours.includes(id))
          .map(({ id, state }) => [id, state] as const)
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ),
    [Symbol.asyncDispose]: () => host.stop(),
  }
}

function cracked() {
  return new PalabreError('bad-plugin', text('the shell is cracked', 'la coquille est fêlée'), {
    todo: text('Brood another.', 'Couvez-en un autre.'),
  })
}
