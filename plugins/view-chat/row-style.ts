import { css } from 'lit'

/** The lines of the conversation. */
export const rowStyle = css`
  .day,
  .unread,
  .notice-row {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    margin-block: 1.125rem 0.75rem;
    color: var(--palabre-muted);
    font-size: var(--palabre-text-small);
  }
  .day span::first-letter {
    text-transform: uppercase;
  }
  .day::before,
  .day::after,
  .unread::before,
  .unread::after {
    content: '';
    flex: 1;
    height: 1px;
    background: var(--palabre-line);
  }
  .unread {
    color: var(--palabre-accent);
    font-weight: 650;
  }
  .unread::before,
  .unread::after {
    background: var(--palabre-accent);
    opacity: 0.5;
  }
  .notice-row {
    justify-content: center;
    margin-block: 0.625rem;
    text-align: center;
    text-wrap: balance;
  }

  .message {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    margin-block-start: 0.125rem;
    border-radius: var(--palabre-round);
    outline: none;
  }
  .message.first {
    margin-block-start: 0.75rem;
  }
  .message.mine {
    align-items: flex-end;
  }
  .bubble {
    position: relative;
    max-width: min(85%, 40rem);
    min-width: 4rem;
    padding: 0.4375rem 0.875rem;
    border-radius: 1.125rem;
    background: var(--palabre-raised);
    overflow-wrap: anywhere;
  }
  .mine .bubble {
    background: var(--palabre-mine);
  }
  .theirs:not(.last) .bubble {
    border-end-start-radius: 0.375rem;
  }
  .theirs:not(.first) .bubble {
    border-start-start-radius: 0.375rem;
  }
  .mine:not(.last) .bubble {
    border-end-end-radius: 0.375rem;
  }
  .mine:not(.first) .bubble {
    border-start-end-radius: 0.375rem;
  }
  .message:focus-visible .bubble,
  .found .bubble {
    outline: 2px solid var(--palabre-focus);
    outline-offset: 2px;
  }

  .foot {
    /* On the last line where there is room for it, else below. */
    float: inline-end;
    display: flex;
    gap: 0.375rem;
    margin: 0.4375rem -0.125rem 0 0.875rem;
    color: var(--palabre-muted);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
    line-height: 1.35;
  }
  .state {
    display: inline-flex;
    align-items: center;
  }
  .mark {
    width: 1.375rem;
    height: 0.875rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .state.read {
    color: var(--palabre-good);
  }
  .state.failed {
    color: var(--palabre-bad);
  }
  .why-not button {
    min-height: 1.5rem;
    margin-inline-start: 0.5rem;
    padding: 0 0.25rem;
    border: 0;
    border-radius: 0.25rem;
    background: none;
    color: var(--palabre-accent);
    font-weight: 600;
  }
  .why-not button:hover {
    text-decoration: underline;
  }
  .why-not > span {
    display: inline-block;
  }
  .why-not > span::first-letter {
    text-transform: uppercase;
  }
  .why-not {
    max-width: 40rem;
    margin-block: 0.1875rem 0.25rem;
    padding-inline: 0.5rem;
    color: var(--palabre-muted);
    font-size: var(--palabre-text-small);
    text-align: end;
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }

  .quoted {
    display: block;
    width: 100%;
    margin-block: 0.125rem 0.3125rem;
    padding: 0.25rem 0.625rem;
    border: 0;
    border-inline-start: 3px solid var(--palabre-accent);
    border-radius: 0.3125rem;
    background: var(--palabre-deep);
    font-size: var(--palabre-text-quiet);
    text-align: start;
    overflow: hidden;
  }
  .quoted span {
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
    overflow: hidden;
    color: var(--palabre-muted);
  }
  .quoted.missing {
    color: var(--palabre-muted);
  }
  .reactions {
    display: flex;
    gap: 0.25rem;
    clear: both;
    padding-block: 0.25rem 0.125rem;
  }
  .reactions > * {
    display: inline-grid;
    place-content: center;
    min-width: 2rem;
    min-height: 1.625rem;
    padding: 0 0.375rem;
    border: 1px solid var(--palabre-line);
    border-radius: 999px;
    background: var(--palabre-ground);
    font-size: 0.875rem;
  }
`
