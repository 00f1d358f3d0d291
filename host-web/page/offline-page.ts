/** The one script address that the page may make from text: its own service worker. */
const address = './service-worker.js'

/**
 * A newer page that was fetched meanwhile takes over when a single tab starts, before anything else runs: the page is loaded anew then,
 * and the promise stays open.
 */
export async function takeNewerPage(): Promise<void> {
  // Absent where the page came over plain HTTP from another machine.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined
  if (workers === undefined || workers.controller === null) return
  const registration = await workers.getRegistration().catch(() => undefined)
  if (!registration?.waiting || !(await takesOver(workers, registration.waiting))) return
  location.reload()
  await new Promise(() => undefined)
}

/** Has the page kept by the browser, so that it starts without a network. */
export function keepForOffline(): void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined
  // Not worth a word where the browser refuses: everything works, with a network.
  void workers?.register(trusted() as string, { updateViaCache: 'none' }).catch(() => undefined)
}

/** False when another tab runs the older one, or nothing happens in time. */
function takesOver(workers: ServiceWorkerContainer, waiting: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    workers.addEventListener('controllerchange', () => resolve(true), { once: true })
    setTimeout(() => resolve(false), 500)
    waiting.postMessage('take-over', {})
  })
}

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(said: string): string }): { createScriptURL(said: string): unknown }
}

function trusted(): unknown {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: Policies }
  return trustedTypes?.createPolicy('palabre-worker', { createScriptURL: () => address }).createScriptURL('') ?? address
}
