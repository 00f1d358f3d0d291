/** What lies on the page or over it: `.card`, `.notice`, `.offered`, `dialog` with its `.inside`; `.badge` and `.tag` on them. */
export const surfaces = `
  .card {
    border: 1px solid var(--palabre-line);
    border-radius: calc(var(--palabre-round) + 0.25rem);
    background: var(--palabre-raised);
    padding: 1.25rem;
  }
  .card + .card,
  .section + .section {
    margin-block-start: 1rem;
  }
  .notice {
    display: flex;
    gap: 0.75rem;
    padding: 0.75rem 1rem;
    border: 1px solid var(--palabre-warn);
    border-radius: var(--palabre-round);
    background: var(--palabre-raised);
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .notice.bad {
    border-color: var(--palabre-bad);
  }
  .offered {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1.5rem;
    padding: 0.625rem clamp(1rem, 4vw, 1.5rem);
  }
  .offered > p {
    flex: 1 1 16rem;
    text-wrap: pretty;
  }

  dialog {
    max-height: calc(100dvh - 2rem);
    padding: 0;
    border: 1px solid var(--palabre-line);
    border-radius: calc(var(--palabre-round) + 0.375rem);
    background: var(--palabre-raised);
    color: var(--palabre-ink);
    box-shadow: 0 1.5rem 4rem var(--palabre-shade);
  }
  dialog::backdrop {
    background: var(--palabre-shade);
  }
  .inside {
    display: grid;
    gap: 0.75rem;
    padding: 1.375rem 1.5rem 1.25rem;
    text-wrap: pretty;
  }
  .inside > h2 {
    font-size: var(--palabre-text-large);
  }

  .badge {
    display: inline-grid;
    place-content: center;
    min-width: 1.25rem;
    height: 1.25rem;
    padding-inline: 0.375rem;
    border-radius: 999px;
    background: var(--palabre-accent);
    color: var(--palabre-on-accent);
    font-size: 0.75rem;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    line-height: 1;
  }
  .tag {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    padding: 0.0625rem 0.5rem;
    border: 1px solid var(--palabre-line);
    border-radius: 999px;
    color: var(--palabre-muted);
    font-size: var(--palabre-text-small);
  }
`
