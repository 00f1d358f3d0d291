import { css } from 'lit'

export const chatStyle = css`
  :host {
    display: block;
    height: 100%;
  }
  .emblem {
    display: grid;
    place-content: center;
    width: 4rem;
    height: 4rem;
    margin-block-end: 0.5rem;
    border-radius: 1.25rem;
    background: var(--palabre-tint);
    color: var(--palabre-accent);
  }
  .emblem .icon {
    width: 2rem;
    height: 2rem;
  }
  .talk {
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  header {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 3.5rem;
    padding: 0.375rem 0.75rem 0.375rem 0.5rem;
    border-block-end: 1px solid var(--palabre-line);
  }
  .who {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 0.5rem;
    min-width: 0;
    padding: 0.375rem 0.75rem;
    border: 0;
    border-radius: var(--palabre-round-small);
    background: none;
    text-align: start;
  }
  .who:hover {
    background: var(--palabre-hover);
  }
  h1 {
    overflow: hidden;
    font-size: 1.0625rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  @media (max-width: 34rem) {
    header {
      flex-wrap: wrap;
      gap: 0.125rem 0.5rem;
    }
    header ::slotted(*) {
      order: 1;
      flex-basis: 100%;
      padding-inline-start: 0.5rem;
    }
  }
  .verified {
    display: inline-flex;
    color: var(--palabre-good);
  }
  .verified .icon {
    width: 1.125rem;
    height: 1.125rem;
  }
  .talk > .notice {
    margin: 0.75rem 1rem 0;
  }
  .talk > .blocked {
    margin-block-end: 1rem;
  }

  .log {
    flex: 1;
    min-height: 0;
    padding: 1rem clamp(0.75rem, 3vw, 1.5rem) 0.25rem;
    overflow-anchor: none;
  }
  .log > ol {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    width: min(100%, 54rem);
    min-height: 100%;
    margin-inline: auto;
  }
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

  .said,
  .said > p:last-child {
    display: inline;
  }
  .said {
    line-height: 1.45;
  }
  .said p {
    white-space: pre-wrap;
  }
  .said > * + * {
    margin-block-start: 0.4375rem;
  }
  .said ul,
  .said ol {
    display: grid;
    gap: 0.125rem;
    padding-inline-start: 1.375rem;
  }
  .said ul {
    list-style: disc;
  }
  .said ol {
    list-style: decimal;
  }
  .said li {
    display: list-item;
    list-style: inherit;
  }
  .said blockquote {
    margin: 0;
    padding-inline-start: 0.75rem;
    border-inline-start: 3px solid var(--palabre-edge);
    color: var(--palabre-muted);
  }
  .said code {
    padding: 0.0625rem 0.3125rem;
    border-radius: 0.3125rem;
    background: var(--palabre-deep);
    font-family: var(--palabre-mono);
    font-size: 0.875em;
  }
  .said pre {
    margin: 0;
    padding: 0.625rem 0.75rem;
    border-radius: var(--palabre-round-small);
    background: var(--palabre-deep);
    overflow-x: auto;
    scrollbar-width: thin;
  }
  .said pre code {
    padding: 0;
    background: none;
    overflow-wrap: normal;
  }
  .said a {
    color: inherit;
    text-decoration: underline 1px var(--palabre-accent);
    text-underline-offset: 0.2em;
  }
  .said a:hover {
    text-decoration-thickness: 2px;
  }
  .deleted {
    color: var(--palabre-muted);
    font-style: italic;
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
  .why-not {
    max-width: 40rem;
    margin-block: 0.1875rem 0.25rem;
    padding-inline: 0.5rem;
    color: var(--palabre-muted);
    font-size: var(--palabre-text-small);
    text-align: end;
    text-wrap: pretty;
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

  .tools {
    position: absolute;
    inset-block-start: -1.375rem;
    z-index: 2;
    display: none;
    flex-wrap: wrap;
    width: max-content;
    max-width: 13rem;
    border: 1px solid var(--palabre-line);
    border-radius: var(--palabre-round-small);
    background: var(--palabre-raised);
    box-shadow: 0 0.25rem 1rem var(--palabre-shade);
  }
  .message:hover .tools,
  .message:focus .tools,
  .message:focus-within .tools {
    display: flex;
  }
  .theirs .tools {
    inset-inline-start: 0.75rem;
  }
  .mine .tools {
    inset-inline-end: 0.75rem;
  }
  @media (min-width: 62rem) {
    .bubble {
      max-width: min(72%, 38rem);
    }
    .tools {
      inset-block-start: 0;
    }
    .theirs .tools {
      inset-inline-start: calc(100% + 0.375rem);
    }
    .mine .tools {
      inset-inline-end: calc(100% + 0.375rem);
    }
  }
  .tool {
    display: grid;
    place-content: center;
    width: 2.125rem;
    height: 2rem;
    border: 0;
    border-radius: calc(var(--palabre-round-small) - 1px);
    background: none;
    color: var(--palabre-muted);
  }
  .tool .icon {
    width: 1.0625rem;
    height: 1.0625rem;
  }
  .tool:hover {
    background: var(--palabre-hover);
    color: var(--palabre-ink);
  }
  .tool:focus-visible {
    outline-offset: -2px;
  }
  .tool.grave {
    background: var(--palabre-bad);
    color: var(--palabre-ground);
  }

  .typing {
    width: min(100%, 54rem);
    min-height: 1.375rem;
    margin-inline: auto;
    padding-inline: clamp(0.75rem, 3vw, 1.5rem);
    color: var(--palabre-muted);
    font-size: var(--palabre-text-small);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .to-end {
    position: absolute;
    inset: auto 0 5.5rem;
    z-index: 1;
    width: fit-content;
    margin-inline: auto;
    background: var(--palabre-raised);
    box-shadow: 0 0.5rem 1.5rem var(--palabre-shade);
  }
  .to-end .icon {
    width: 1rem;
    height: 1rem;
  }

  .search {
    display: grid;
    gap: 0.375rem;
    padding: 0.625rem 0.75rem;
    border-block-end: 1px solid var(--palabre-line);
    background: var(--palabre-sunk);
  }
  .search-line {
    display: flex;
    gap: 0.375rem;
  }
  .search p:empty {
    display: none;
  }
  .search ul {
    display: grid;
    max-height: 30dvh;
  }
  .search li button {
    display: grid;
    width: 100%;
    padding: 0.4375rem 0.625rem;
    border: 0;
    border-radius: var(--palabre-round-small);
    background: none;
    text-align: start;
  }
  .search li button:hover {
    background: var(--palabre-hover);
  }
  .search .line {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`
