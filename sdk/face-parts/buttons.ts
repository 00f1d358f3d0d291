/** What is pressed: `.button` in its kinds, `.buttons` in a row, `.segments` of which one is chosen; an `.icon` in them. */
export const buttons = `
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-height: 2.5rem;
    padding: 0.375rem 1rem;
    border: 1px solid var(--palabre-edge);
    border-radius: var(--palabre-round);
    background: transparent;
    color: var(--palabre-ink);
    font-weight: 550;
    line-height: 1.25;
    text-align: center;
    text-wrap: balance;
    text-decoration: none;
    transition: background-color 0.12s;
  }
  .button:hover {
    background: var(--palabre-hover);
  }
  .button.primary {
    border-color: var(--palabre-accent);
    background: var(--palabre-accent);
    color: var(--palabre-on-accent);
  }
  .button.primary:hover {
    filter: brightness(1.07);
  }
  .button.quiet {
    border-color: transparent;
    color: var(--palabre-muted);
    font-weight: 500;
  }
  .button.quiet:hover {
    color: var(--palabre-ink);
  }
  .button.grave {
    border-color: var(--palabre-bad);
    color: var(--palabre-bad);
  }
  .button[disabled] {
    border-color: var(--palabre-line);
    background: transparent;
    color: var(--palabre-muted);
    cursor: default;
    filter: none;
  }
  .button.only-icon {
    width: 2.5rem;
    padding: 0;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.625rem;
    align-items: center;
  }
  .icon {
    flex: none;
    width: 1.25rem;
    height: 1.25rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .segments {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    padding: 0.25rem;
    border-radius: var(--palabre-round);
    background: var(--palabre-sunk);
  }
  .segments button {
    min-height: 2.25rem;
    padding: 0.25rem 0.75rem;
    border: 1px solid transparent;
    border-radius: calc(var(--palabre-round) - 0.25rem);
    background: none;
    color: var(--palabre-muted);
    font-weight: 550;
  }
  .segments button:hover {
    color: var(--palabre-ink);
  }
  .segments button[aria-pressed='true'] {
    border-color: var(--palabre-edge);
    background: var(--palabre-raised);
    color: var(--palabre-ink);
  }
`
