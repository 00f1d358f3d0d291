/** A file that is dropped anywhere on the page. Without this a browser would leave the page for it. */
export function takeDrops(take: (file: File) => void): Disposable {
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault()
  }
  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer?.files ?? []
    if (file === undefined) return
    event.preventDefault()
    take(file)
  }
  addEventListener('dragover', over)
  addEventListener('drop', drop)
  return {
    [Symbol.dispose]() {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    },
  }
}
