/**
 * Every label under which a key is derived or a message signed, once for the whole house: two uses under one label would share a
 * key. What is not in this table is refused by a test; what stands in it is never given another meaning, only a new version.
 */
export const labels = {
  vault: {
    /** Associated data of the wrapped data key. */
    wrap: 'palabre/v1/vault/wrap',
    /** Seals the small secrets kept beside the data key. */
    secrets: 'palabre/v1/vault/secrets',
    /** Authenticates what is stored as a whole, so that no part of it can go missing. */
    whole: 'palabre/v1/vault/whole',
  },
  identity: {
    /** The seed, as a secret of the vault. */
    seed: 'palabre/v1/identity/seed',
    /** A mark in the vault: somebody may know this identity. */
    used: 'palabre/v1/identity/used',
    signing: 'palabre/v1/identity/signing',
    agreement: 'palabre/v1/identity/agreement',
    safetyNumber: 'palabre/v1/identity/safety-number',
  },
  store: {
    /** The key of the database file. */
    database: 'palabre/v1/store/database',
    /** Seals each value in a browser's database. */
    values: 'palabre/v1/store/values',
    /** Names the rows and words of a browser's database without telling them. */
    names: 'palabre/v1/store/names',
  },
  ratchet: {
    /** Derives what two people share before the first message. */
    agreement: 'palabre/v1/ratchet/agreement',
    /** Seals who begins, for the one whose keys were taken up. */
    introduction: 'palabre/v1/ratchet/introduction',
    /** Tells the owner of the keys, and nobody else, which ones were taken up. */
    hint: 'palabre/v1/ratchet/hint',
    /** Each turn of the ratchet. */
    root: 'palabre/v1/ratchet/root',
  },
  mailbox: {
    /** What the owner of a key says to a mailbox, over the number it gave. */
    claim: 'palabre/v1/mailbox/claim',
    create: 'palabre/v1/mailbox/create',
    /** The key and the nonce of one block. */
    block: 'palabre/v1/mailbox/block',
  },
  overlay: {
    /** The key of my node. */
    key: 'palabre/v1/overlay/key',
    /** The ports on which it listened. */
    ports: 'palabre/v1/overlay/ports',
    /** The key under which it stands in the table of a transport that finds peers by one. */
    table: 'palabre/v1/overlay/table',
  },
  discovery: {
    /** Where a node's whereabouts lie in the distributed table, hashed with its overlay id and the day. */
    place: 'palabre/v1/discovery/place',
  },
  signal: {
    /** What a contact or the holder of an invite must know to meet us: one secret for each. */
    meeting: 'palabre/v1/signal/meeting',
    /** The name of one room and the keys for what is said in it. */
    room: 'palabre/v1/signal/room',
    /** When the rooms of one secret change. */
    turn: 'palabre/v1/signal/turn',
  },
  /** One for each purpose a signature can have. */
  sign: {
    'agreement-key': 'palabre/v1/sign/agreement-key',
    prekey: 'palabre/v1/sign/prekey',
    invite: 'palabre/v1/sign/invite',
    group: 'palabre/v1/sign/group',
    map: 'palabre/v1/sign/map',
    token: 'palabre/v1/sign/token',
    export: 'palabre/v1/sign/export',
  },
} as const

/** `palabre/v1/<area>/<use>`. */
export type Label = `palabre/v1/${string}/${string}`

export type Purpose = keyof typeof labels.sign
