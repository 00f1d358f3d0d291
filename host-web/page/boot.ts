import { createKernel, type BootJournal, type Kernel } from '@palabre/kernel'
import { Arrival } from '@palabre/sdk/contract/arrival'
import { openArrival } from './arrival.ts'
import { catalog, shipped, standsAlone } from './catalog.ts'
import { fetchFirstContact } from './first-contact.ts'
import { openKeep, type Keep } from './keep.ts'
import { withJournal } from './kept-journal.ts'
import { openKeptSettings } from './kept-settings.ts'
import { showLanguageButton } from './language-button.ts'
import { openLanguage, type PageLanguage } from './language.ts'
import { keepForOffline } from './offline-page.ts'
import { words } from './page-words.ts'
import { stageId, stagePlugin } from './stage.ts'
import { catchStrays } from './stray-errors.ts'
import { showWayBack } from './way-back.ts'

/** Starts Palabre in this page. Throws, with nothing started, when the settings do not hold. */
export async function boot(): Promise<void> {
  const arrival = openArrival()
  const firstContact = fetchFirstContact()
  const keep = openKeep()
  const language = openLanguage(keep)
  showLanguageButton(language)
  if (!keep.lasts) sayNothingIsKept(language)
  await withJournal(keep, (journal) => start({ keep, language, arrival, firstContact }, journal))
}

interface Parts {
  readonly keep: Keep
  readonly language: PageLanguage
  readonly arrival: Arrival
  readonly firstContact: Promise<string | undefined>
}

async function start({ keep, language, arrival, firstContact }: Parts, journal: BootJournal | undefined): Promise<void> {
  const plugins = [...catalog, stagePlugin(language)]
  const stageOn = JSON.stringify({ plugins: { [stageId]: true } })
  const settings = openKeptSettings(keep, [shipped, stageOn], new Set(plugins.map(({ id }) => id)))

  const kernel = createKernel({
    host: 'web',
    catalog: plugins,
    settings: settings.read(),
    remember: settings.remember,
    lend: [{ token: Arrival, value: arrival }],
    ...(journal === undefined ? {} : { journal }),
  })
  catchStrays((error, plugin) => kernel.blame(error, plugin))
  settings.follow(() => void kernel.apply(settings.read()))
  // Nothing waits for it: what it says is taken as an edit of the settings.
  void firstContact.then((layer) => {
    if (layer === undefined) return
    settings.under(layer)
    return kernel.apply(settings.read())
  })
  stopWithPage(kernel)
  await kernel.start()
  showWayBack(kernel, language)
  if (standsAlone) keepForOffline()
}

/** Leaving is not dying: plugins end in order, and none is found half started in the journal. */
function stopWithPage(kernel: Kernel): void {
  addEventListener('pagehide', () => void kernel.stop())
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload()
  })
}

function sayNothingIsKept(language: PageLanguage): void {
  const note = document.createElement('p')
  language.follow((now) => (note.textContent = words.keepsNothing[now]))
  document.querySelector('#status')!.append(note)
}
