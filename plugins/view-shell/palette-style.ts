import { css } from 'lit'

export const paletteStyle = css`
  dialog {
    width: min(38rem, calc(100vw - 1.5rem));
    --above: clamp(0.75rem, 12vh, 8rem);
    max-height: min(34rem, calc(100dvh - var(--above) - 1rem));
    margin: var(--above) auto auto;
    overflow: hidden;
  }
  .box {
    display: flex;
    flex-direction: column;
    max-height: inherit;
  }
  .sought {
    width: 100%;
    padding: 1rem 1.25rem;
    border: 0;
    border-block-end: 1px solid var(--palabre-line);
    background: none;
    font-size: 1.0625rem;
    outline: none;
  }
  .sought:focus-visible {
    border-block-end-color: var(--palabre-focus);
    box-shadow: 0 1px 0 var(--palabre-focus);
  }
  .sought::placeholder {
    color: var(--palabre-muted);
    opacity: 1;
  }
  .lines {
    padding: 0.375rem;
    outline: none;
  }
  .lines li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1rem;
    padding: 0.5rem 0.875rem;
    border-radius: var(--palabre-round-small);
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .lines li[aria-selected='true'] {
    background: var(--palabre-hover);
    box-shadow: inset 3px 0 0 var(--palabre-accent);
  }
  .title {
    min-width: 0;
  }
  .detail {
    color: var(--palabre-muted);
    font-size: var(--palabre-text-small);
    align-self: center;
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .none {
    padding: 1.25rem;
    color: var(--palabre-muted);
  }
  .ask {
    display: grid;
    gap: 1rem;
    padding: 1.25rem;
  }
  .ask > p {
    margin-block-start: -0.875rem;
  }
  .answer:empty {
    display: none;
  }
  pre {
    margin: 0 0 0.5rem;
    padding: 0.75rem 0.875rem;
    border-radius: var(--palabre-round-small);
    background: var(--palabre-sunk);
    font-family: var(--palabre-mono);
    font-size: var(--palabre-text-small);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .failed pre:first-child {
    box-shadow: inset 3px 0 0 var(--palabre-bad);
  }
  .keys > div {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
    padding-block: 0.4375rem;
    border-block-end: 1px solid var(--palabre-line);
  }
  kbd {
    padding: 0.125rem 0.5rem;
    border: 1px solid var(--palabre-edge);
    border-radius: 0.375rem;
    font: inherit;
    font-size: var(--palabre-text-small);
    white-space: nowrap;
  }
`
