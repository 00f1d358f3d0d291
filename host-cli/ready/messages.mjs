// What the entrance says, in the person's language. It has a table of its own because nothing is installed yet when it speaks.

const messages = {
  en: {
    usage: 'Usage: node host-cli/ready.mjs <script.ts> [arguments]',
    noScript: (path) => `There is no script ${path}.`,
    node: (mine, wanted) =>
      `This is Node ${mine}; Palabre runs on Node 24 or newer. Fetching Node ${wanted} from npm into .node (about 50 MB, once).`,
    noPackage: (machine) =>
      `Palabre needs Node 24 or newer, and npm has none for ${machine}. Install it from https://nodejs.org and run this again.`,
    deafNode: (path, why) =>
      `The Node that npm fetched does not run on this machine (${why}): ${path}. Install Node 24 or newer and run this again.`,
    first: 'Installing the packages that package-lock.json names (once).',
    unfinished: 'node_modules was not finished by this command: installing the packages again.',
    changed: 'package-lock.json has changed: installing its packages again.',
    otherNode: (was, is) => `node_modules was made for Node ${was}, this is Node ${is}: installing the packages again.`,
    incomplete: 'package-lock.json does not name every package for this machine: completing it here, the file stays as it is.',
    waiting: (who, lock) => `Another call (process ${who}) is setting up: waiting for it. If there is none, delete ${lock}.`,
    abandoned: 'The other call has gone without finishing: taking over.',
    working: (seconds, fetched) => `${seconds} s${fetched ? `, packages fetched: ${fetched}` : ''}`,
    done: (seconds) => `Ready after ${seconds} s.`,
    noLock: (path) => `${path} is missing, so nobody knows which packages to install. Restore it (git checkout package-lock.json).`,
    noNpm: 'npm was not found. Install npm (it comes with Node, https://nodejs.org) and run this again.',
    offline: (registry, code) =>
      `The npm registry ${registry} does not answer (${code}). Check the network or the proxy, then run this again.`,
    refused: (registry, code) =>
      `The npm registry ${registry} lacks or refuses a package (${code}). Choose another one (npm config set registry URL) or sign in to it.`,
    untrusted: (registry, code) =>
      `The certificate of the npm registry ${registry} is not trusted (${code}). Name your authority in NODE_EXTRA_CA_CERTS.`,
    tampered: (registry) =>
      `The npm registry ${registry} sent a package that is not the locked one (EINTEGRITY); it was not installed. Run npm cache clean --force, then this again.`,
    disagree: 'package.json and package-lock.json contradict each other. Run npm install and keep the new package-lock.json.',
    disk: (path, code) => `Cannot write in ${path} (${code}). Make room, or make it writable, and run this again.`,
    stopped: (registry, code) => `npm could not install from ${registry} (${code}). Run this again; the log says where it stopped.`,
    log: (path) => `Full log: ${path}`,
  },
  fr: {
    usage: 'Usage : node host-cli/ready.mjs <script.ts> [arguments]',
    noScript: (path) => `Le script ${path} n’existe pas.`,
    node: (mine, wanted) =>
      `Ce Node est le ${mine} ; Palabre demande Node 24 ou plus récent. Téléchargement de Node ${wanted} depuis npm dans .node (environ 50 Mo, une seule fois).`,
    noPackage: (machine) =>
      `Palabre demande Node 24 ou plus récent, et npm n’en a pas pour ${machine}. Installez-le depuis https://nodejs.org puis relancez.`,
    deafNode: (path, why) =>
      `Le Node fourni par npm ne fonctionne pas sur cette machine (${why}) : ${path}. Installez Node 24 ou plus récent puis relancez.`,
    first: 'Installation des paquets nommés par package-lock.json (une seule fois).',
    unfinished: 'node_modules n’a pas été terminé par cette commande : nouvelle installation des paquets.',
    changed: 'package-lock.json a changé : nouvelle installation des paquets.',
    otherNode: (was, is) => `node_modules a été fait pour Node ${was}, ceci est Node ${is} : nouvelle installation des paquets.`,
    incomplete:
      'package-lock.json ne nomme pas tous les paquets pour cette machine : ils sont complétés ici, le fichier reste tel quel.',
    waiting: (who, lock) => `Un autre appel (processus ${who}) prépare déjà tout : attente. S’il n’existe pas, supprimez ${lock}.`,
    abandoned: 'L’autre appel a disparu sans finir : reprise.',
    working: (seconds, fetched) => `${seconds} s${fetched ? `, paquets reçus : ${fetched}` : ''}`,
    done: (seconds) => `Prêt après ${seconds} s.`,
    noLock: (path) =>
      `${path} manque : impossible de savoir quels paquets installer. Restaurez-le (git checkout package-lock.json).`,
    noNpm: 'npm est introuvable. Installez npm (il vient avec Node, https://nodejs.org) puis relancez.',
    offline: (registry, code) =>
      `Le registre npm ${registry} ne répond pas (${code}). Vérifiez le réseau ou le proxy, puis relancez.`,
    refused: (registry, code) =>
      `Le registre npm ${registry} n’a pas ou refuse un paquet (${code}). Choisissez-en un autre (npm config set registry URL) ou identifiez-vous.`,
    untrusted: (registry, code) =>
      `Le certificat du registre npm ${registry} n’est pas reconnu (${code}). Indiquez votre autorité dans NODE_EXTRA_CA_CERTS.`,
    tampered: (registry) =>
      `Le registre npm ${registry} a envoyé un paquet qui n’est pas celui attendu (EINTEGRITY) ; il n’a pas été installé. Lancez npm cache clean --force, puis relancez.`,
    disagree: 'package.json et package-lock.json se contredisent. Lancez npm install et gardez le nouveau package-lock.json.',
    disk: (path, code) =>
      `Impossible d’écrire dans ${path} (${code}). Faites de la place ou rendez-le accessible en écriture, puis relancez.`,
    stopped: (registry, code) =>
      `npm n’a pas pu installer depuis ${registry} (${code}). Relancez ; le journal dit où il s’est arrêté.`,
    log: (path) => `Journal complet : ${path}`,
  },
}

export const say = messages[/^fr/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '') ? 'fr' : 'en']

/** To stderr, so that a script's stdout stays its own. */
export function print(text) {
  process.stderr.write(`${text}\n`)
}

/** A sentence for the person, instead of a stack. */
export class Unready extends Error {
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
