import { css } from 'lit'

/** What can be done with the message under the pointer or the focus. */
export const toolsStyle = css`
  .tools {
    position: absolute;
    inset-block-start: -1.75rem;
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
`
