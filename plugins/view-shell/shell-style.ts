import { css } from 'lit'

export const shellStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100dvh;
    background: var(--palabre-deep);
    font-family: var(--palabre-font);
    line-height: 1.5;
  }
  .frame {
    display: grid;
    grid-template: minmax(0, 1fr) auto / 4.75rem minmax(0, 1fr);
    grid-template-areas: 'rail main' 'status status';
    flex: 1;
    min-height: 0;
  }
  .frame[data-side] {
    grid-template-columns: 4.75rem auto minmax(0, 1fr);
    grid-template-areas: 'rail side main' 'status status status';
  }
  .welcome {
    position: relative;
    flex: 1;
    min-height: 0;
    background: var(--palabre-ground);
    outline: none;
  }

  .rail {
    grid-area: rail;
    display: flex;
    flex-direction: column;
    align-items: stretch;
    gap: 0.5rem;
    padding: 0.75rem 0.375rem;
    background: var(--palabre-deep);
    overflow-y: auto;
    scrollbar-width: none;
  }
  .brand {
    display: grid;
    place-content: center;
    width: 2.75rem;
    height: 2.75rem;
    margin: 0 auto 0.5rem;
    border-radius: var(--palabre-round);
    background: var(--palabre-tint);
    color: var(--palabre-accent);
  }
  .brand .icon {
    width: 1.625rem;
    height: 1.625rem;
  }
  .rail ul {
    display: flex;
    flex-direction: column;
    gap: 0.25rem;
  }
  .door {
    position: relative;
    display: grid;
    justify-items: center;
    gap: 0.1875rem;
    width: 100%;
    padding: 0.5rem 0.125rem 0.4375rem;
    border: 0;
    border-radius: var(--palabre-round);
    background: none;
    color: var(--palabre-muted);
    font-size: 0.75rem;
    line-height: 1.2;
  }
  .door:focus-visible {
    outline-offset: -2px;
  }
  .door:hover {
    background: var(--palabre-hover);
    color: var(--palabre-ink);
  }
  .door[aria-current] {
    background: var(--palabre-raised);
    box-shadow: inset 3px 0 0 var(--palabre-accent);
    color: var(--palabre-ink);
    font-weight: 600;
  }
  .door-name {
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .side {
    position: relative;
    grid-area: side;
    width: var(--side-width, clamp(15rem, 24vw, 20rem));
    /* What is said beside it keeps room. */
    max-width: calc(100vw - 27rem);
    min-height: 0;
    background: var(--palabre-sunk);
    border-start-start-radius: var(--palabre-round);
  }
  .side > :first-child {
    height: 100%;
  }
  .main {
    grid-area: main;
    position: relative;
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    background: var(--palabre-ground);
    outline: none;
  }
  .main:focus-visible {
    outline: none;
  }
  .frame:not([data-side]) .main {
    border-start-start-radius: var(--palabre-round);
  }
  .panel {
    /* For panels that also stand in a page without a frame, which has a border of its own. */
    position: relative;
    --palabre-panel-space: clamp(1.25rem, 4vw, 2.5rem) clamp(1rem, 4vw, 2rem) 3rem;
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--palabre-line) transparent;
  }
  .offer:not(:has(*)) {
    display: none;
  }
  .offer {
    border-block-end: 1px solid var(--palabre-line);
    background: var(--palabre-tint);
  }
  .back {
    display: none;
  }

  .status {
    grid-area: status;
    display: flex;
    align-items: center;
    gap: 0.25rem;
    min-height: 2.25rem;
    padding-inline: 0.75rem 0.375rem;
    background: var(--palabre-deep);
    color: var(--palabre-muted);
    font-size: var(--palabre-text-small);
  }
  .status-items {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: 0.125rem 1rem;
    min-width: 0;
  }
  .offline {
    color: var(--palabre-warn);
    font-weight: 600;
  }
  .tool {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 2rem;
    min-width: 2rem;
    justify-content: center;
    padding: 0.125rem 0.5rem;
    border: 0;
    border-radius: var(--palabre-round-small);
    background: none;
    color: inherit;
  }
  .tool .icon {
    width: 1rem;
    height: 1rem;
  }
  .tool:hover {
    background: var(--palabre-hover);
    color: var(--palabre-ink);
  }
  .tool:focus-visible {
    outline-offset: -2px;
  }
  kbd {
    padding: 0.0625rem 0.375rem;
    border: 1px solid var(--palabre-line);
    border-radius: 0.25rem;
    font: inherit;
    font-size: 0.75rem;
  }

  .over {
    width: min(34rem, calc(100vw - 2rem));
  }

  .toast {
    position: fixed;
    inset: auto 0 3.25rem;
    z-index: 5;
    display: grid;
    justify-items: center;
    padding-inline: 1rem;
    pointer-events: none;
  }
  .toast p {
    max-width: 36rem;
    padding: 0.625rem 1.125rem;
    border: 1px solid var(--palabre-line);
    border-radius: 999px;
    background: var(--palabre-raised);
    box-shadow: 0 0.5rem 2rem var(--palabre-shade);
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  @media (max-width: 62rem) {
    .tool kbd,
    .tool-name {
      display: none;
    }
  }
  @media (max-width: 45rem) {
    .frame,
    .frame[data-side] {
      grid-template: minmax(0, 1fr) auto auto / minmax(0, 1fr);
      grid-template-areas: 'main' 'rail' 'status';
    }
    .frame[data-side][data-shows='side'] {
      grid-template-areas: 'side' 'rail' 'status';
    }
    .frame[data-side][data-shows='side'] .main,
    .frame[data-side][data-shows='panel'] .side {
      display: none;
    }
    .side,
    .frame:not([data-side]) .main {
      border-radius: 0;
    }
    .side {
      width: auto;
      max-width: none;
    }
    .back {
      display: inline-flex;
      flex: none;
      margin-inline-end: -0.75rem;
    }
    .rail {
      padding: 0.25rem 0.375rem;
      border-block-start: 1px solid var(--palabre-line);
    }
    .brand {
      display: none;
    }
    .rail ul {
      flex-direction: row;
      justify-content: space-around;
    }
    .rail li {
      flex: 1 1 0;
      min-width: 0;
    }
    .door-name {
      white-space: nowrap;
    }
    .door[aria-current] {
      box-shadow: inset 0 3px 0 var(--palabre-accent);
    }
    .status {
      min-height: 2rem;
    }
  }
  @media (max-width: 45rem) and (max-height: 30rem) {
    .door {
      padding-block: 0.3125rem;
    }
    .door-name {
      position: absolute;
      clip-path: inset(50%);
    }
  }
  @media (max-height: 30rem) {
    .status {
      display: none;
    }
  }
`
