import { css } from 'lit'

export const pathStyle = css`
  :host {
    display: block;
    min-width: 0;
  }
  .indicator {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    max-width: 100%;
    min-height: 2.25rem;
    padding: 0.25rem 0.75rem;
    border: 1px solid var(--palabre-line);
    border-radius: 999px;
    background: var(--palabre-raised);
    color: var(--palabre-ink);
    font-size: var(--palabre-text-quiet);
  }
  .indicator:hover {
    background: var(--palabre-hover);
  }
  .indicator span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .road {
    flex: none;
    width: 2rem;
    height: 1rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
    color: var(--palabre-muted);
    vertical-align: -0.125rem;
  }
  .road .full {
    fill: currentColor;
  }
  .road.lan,
  .road.direct,
  .road.up,
  .road.relayed,
  .road.tor {
    color: var(--palabre-good);
  }
  .road.trying,
  .road.mailbox {
    color: var(--palabre-warn);
  }
  dialog {
    width: min(27rem, calc(100vw - 1.5rem));
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
    gap: 0.625rem;
    padding: 1.375rem 1.5rem 1.125rem;
    text-wrap: pretty;
  }
  h2 {
    font-size: var(--palabre-text-large);
  }
  h3 {
    margin-block-start: 0.625rem;
    color: var(--palabre-muted);
    font-size: var(--palabre-text-small);
    letter-spacing: 0.02em;
  }
  dl {
    display: grid;
    gap: 0.25rem;
  }
  dl div {
    display: grid;
    grid-template-columns: 7rem minmax(0, 1fr);
    gap: 0.75rem;
  }
  dt {
    color: var(--palabre-muted);
  }
  dd {
    overflow-wrap: anywhere;
  }
  .end {
    display: flex;
    justify-content: flex-end;
    margin-block-start: 0.25rem;
  }
  @media (max-width: 30rem) {
    .indicator {
      padding-inline: 0.5rem;
    }
    .indicator {
      min-height: 2rem;
    }
  }
`
