import * as assert from 'uvu/assert'
import type { Store } from '../contract/store.ts'
import { lawWith, type Law } from './law.ts'
import { add, found, idOf } from './store-samples.ts'

export const searchLaws: readonly Law<Store>[] = [
  lawWith('search finds every word, the last may be a beginning, the newest first', async (store) => {
    await withTexts(store, 'the quick brown fox', 'the quick dog', 'quickly, a fox', 'nothing')
    assert.equal(await found(store, 'quick'), ['quickly, a fox', 'the quick dog', 'the quick brown fox'])
    assert.equal(await found(store, 'quick fo'), ['the quick brown fox'])
    assert.equal(await found(store, 'fox quick'), ['quickly, a fox', 'the quick brown fox'])
    assert.equal(await found(store, 'uick'), [])
    assert.equal(await found(store, 'quick', { limit: 1 }), ['quickly, a fox'])
    assert.equal(await found(store, 'quick', { limit: 0 }), [])
  }),
  lawWith('case, accents and ligatures make no difference', async (store) => {
    await withTexts(store, 'Le CŒUR de l’été', 'coeur, ete', 'Straße', 'ΟΔΟΣ', 'e\u0301tude')
    assert.equal(await found(store, 'été coeur'), ['coeur, ete', 'Le CŒUR de l’été'])
    assert.equal(await found(store, 'ÉTÉ'), ['coeur, ete', 'Le CŒUR de l’été'])
    assert.equal(await found(store, 'STRASSE'), ['Straße'])
    assert.equal(await found(store, 'οδος'), ['ΟΔΟΣ'])
    assert.equal(await found(store, 'étu'), ['e\u0301tude'])
  }),
  lawWith('scripts without spaces are found from any sign on', async (store) => {
    await withTexts(store, '你好世界', 'こんにちは', 'Привет, мир')
    assert.equal(await found(store, '世界'), ['你好世界'])
    assert.equal(await found(store, 'にち'), ['こんにちは'])
    assert.equal(await found(store, 'МИР'), ['Привет, мир'])
  }),
  lawWith('quotes and operators in what is searched are nothing but text', async (store) => {
    await withTexts(store, 'near miss', 'this and that', 'a "quoted" word', 'words:', '100% sure_thing')
    assert.equal(await found(store, 'NEAR('), ['near miss'])
    assert.equal(await found(store, 'NEAR(near miss, 5)'), [])
    assert.equal(await found(store, 'this AND that'), ['this and that'])
    assert.equal(await found(store, 'this OR nothing'), [])
    assert.equal(await found(store, 'NOT this'), [])
    assert.equal(await found(store, '"quoted'), ['a "quoted" word'])
    assert.equal(await found(store, `' OR 1=1 --`), [])
    assert.equal(await found(store, 'words : '), ['words:'])
    assert.equal(await found(store, '^near*'), ['near miss'])
    assert.equal(await found(store, '100%'), ['100% sure_thing'])
    for (const nothing of ['', ' ', '"', '*', '()', '\u0000', '-', '🎉']) assert.equal(await found(store, nothing), [])
  }),
  lawWith('what was edited is found by its new words, what was deleted by none', async (store) => {
    await withTexts(store, 'before', 'another')
    await store.commit([
      { do: 'alter', id: idOf(0), set: { text: 'after', editedAt: 1 } },
      { do: 'alter', id: idOf(1), set: { text: '', deletedAt: 1 } },
    ])
    assert.equal(await found(store, 'before'), [])
    assert.equal(await found(store, 'after'), ['after'])
    assert.equal(await found(store, 'another'), [])
    await store.commit([{ do: 'alter', id: idOf(0), set: { state: 'read' } }])
    assert.equal(await found(store, 'after'), ['after'])
  }),
  lawWith('a search may keep to one conversation', async (store) => {
    await store.commit([
      add(1, { text: 'same here' }),
      add(2, { text: 'same there', conversation: 'bob' }),
      add(3, { text: 'same' }),
    ])
    assert.equal(await found(store, 'same', { conversation: 'alice' }), ['same', 'same here'])
    assert.equal(await found(store, 'same', { conversation: 'bob' }), ['same there'])
    assert.equal(await found(store, 'same', { conversation: 'nobody' }), [])
    assert.equal(await found(store, 'same'), ['same', 'same there', 'same here'])
    assert.equal(await found(store, 'alice'), [])
  }),
  lawWith('notices are not searched', async (store) => {
    await store.commit([add(1, { kind: 'notice', author: '', text: 'unmistakable' })])
    assert.equal(await found(store, 'unmistakable'), [])
  }),
  lawWith('a long word is found by its beginning', async (store) => {
    const long = 'ab'.repeat(30_000)
    await withTexts(store, long)
    assert.is((await found(store, 'abab')).length, 1)
    assert.is((await found(store, long)).length, 1)
    assert.is((await found(store, `b${long}`)).length, 0)
  }),
]

async function withTexts(store: Store, ...texts: string[]): Promise<void> {
  await store.commit(texts.map((text, n) => add(n, { text })))
}
