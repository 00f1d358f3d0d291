/** Small letters without accents, so that «parametres» finds «Paramètres». */
export function plainText(said: string): string {
  return said.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
}

/** Whether each word that is sought stands somewhere in what is told. */
export function hasWords(told: string, sought: string): boolean {
  const plain = plainText(told)
  return plainText(sought)
    .split(/\s+/)
    .every((word) => plain.includes(word))
}
