import { hasWords, type Language } from '@palabre/sdk'
import { stateWords, type PluginInfo } from '@palabre/sdk/contract/plugins'
import { lookOf } from './looks.ts'
import { sightText } from './words.ts'

export type Group = 'all' | 'on' | 'off' | 'trouble'

/** The plugins to show, in the order of their titles: one that changes state stays where it is under the pointer. */
export function choosePlugins(all: readonly PluginInfo[], group: Group, sought: string, language: Language): PluginInfo[] {
  return all
    .filter((info) => group === 'all' || lookOf(info.state) === group)
    .filter((info) => hasWords(tellingOf(info, language), sought))
    .toSorted((a, b) => a.title[language].localeCompare(b.title[language], language) || (a.id < b.id ? -1 : 1))
}

export function countByGroup(all: readonly PluginInfo[]): Record<Group, number> {
  const count = (group: Group) => all.filter(({ state }) => lookOf(state) === group).length
  return { all: all.length, on: count('on'), off: count('off'), trouble: count('trouble') }
}

function tellingOf({ id, title, state, sees }: PluginInfo, language: Language): string {
  return [id, title[language], stateWords[state][language], sightText(sees)[language]].join(' ')
}
