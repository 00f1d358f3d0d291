/** What a view says at length: `.page` with its `.lead`, `.muted`, `.small`, `.mono`, and `.empty` where there is nothing yet. */
export const page = `
  .page {
    width: min(100%, 46rem);
    margin-inline: auto;
    padding: clamp(1.25rem, 4vw, 2.5rem) clamp(1rem, 4vw, 2rem) 3rem;
  }
  .page > header {
    margin-block-end: 1.75rem;
  }
  .lead {
    max-width: 58ch;
    margin-block-start: 0.5rem;
    color: var(--palabre-muted);
    text-wrap: pretty;
  }
  .muted {
    color: var(--palabre-muted);
  }
  .small {
    font-size: var(--palabre-text-quiet);
  }
  .mono {
    font-family: var(--palabre-mono);
    font-size: 0.9em;
    overflow-wrap: anywhere;
  }

  .empty {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 0.75rem;
    height: 100%;
    min-height: 12rem;
    padding: 2rem 1.25rem;
    color: var(--palabre-muted);
    text-align: center;
    text-wrap: balance;
  }
  .empty :is(h1, h2) {
    color: var(--palabre-ink);
    font-size: var(--palabre-text-large);
  }
  .empty p {
    max-width: 44ch;
  }
  .empty .button {
    margin-block-start: 0.5rem;
  }
`
