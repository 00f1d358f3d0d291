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
  @media (max-width: 30rem) {
    .indicator {
      min-height: 2rem;
      padding-inline: 0.5rem;
    }
  }
`
