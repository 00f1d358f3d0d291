import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { needOthers, nextTry, runsOnlyIn, sightText, startedIn, switchOff } from './words.ts'

test('what a plugin sees is a sentence', () => {
  assert.equal(sightText([]), { en: 'Learns nothing about you', fr: 'N’apprend rien de vous' })
  assert.equal(sightText(['ip', 'keys', 'plaintext']), {
    en: 'Sees your network address, your keys, and what is said',
    fr: 'Voit votre adresse réseau, vos clés et ce qui se dit',
  })
})

test('where a plugin runs is a sentence', () => {
  assert.equal(runsOnlyIn(['web']), { en: 'Runs only in a web page', fr: 'Ne fonctionne que dans une page web' })
  assert.is(runsOnlyIn(['cli', 'desktop']).en, 'Runs only on the command line or in the desktop application')
})

test('numbers read well in both languages', () => {
  assert.is(startedIn(0.2).fr, 'Démarré en moins de 1 ms')
  assert.is(startedIn(1234.5).en, 'Started in 1,235 ms')
  assert.is(needOthers(1).en, 'Another plugin needs it and will stop too:')
  assert.is(needOthers(3).fr, '3 plugins en ont besoin et s’arrêteront aussi :')
  assert.is(switchOff(1).en, 'Switch it off')
  assert.is(switchOff(4).fr, 'Désactiver les 4')
  assert.match(nextTry(Date.UTC(2026, 0, 1, 12, 34, 56)).fr, /\d{2}:34:56/)
})

test.run()
