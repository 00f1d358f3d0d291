import { css } from 'lit'

export const chatStyle = css`
  :host {
    display: block;
    height: 100%;
  }
  .no-talk svg {
    width: 10rem;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 2;
  }
  .no-talk .theirs {
    fill: var(--palabre-raised);
    stroke: var(--palabre-edge);
  }
  .no-talk .mine {
    fill: var(--palabre-mine);
    stroke: var(--palabre-good);
  }
  .no-talk .words {
    fill: none;
    stroke: var(--palabre-muted);
    stroke-width: 3;
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
    slot[name='head']::slotted(*) {
      order: 1;
      flex-basis: 100%;
      padding-inline-start: 0.5rem;
    }
  }
  .head-tools {
    display: flex;
    flex: none;
  }
  .head-tools .with-word {
    gap: 0.375rem;
    padding-inline: 0.625rem;
    color: var(--palabre-accent);
    font-size: var(--palabre-text-small);
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
`
