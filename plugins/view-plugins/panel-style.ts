import { css } from 'lit'

/** Only what is particular to this view; the rest is the parts of all views. */
export const panelStyle = css`
  :host {
    display: block;
    width: min(100%, 54rem);
    margin-inline: auto;
    padding: var(--palabre-panel-space, 0);
  }
  header {
    margin-block-end: 2rem;
  }
  .lead {
    max-width: 56ch;
    margin-block-start: 0.75rem;
  }

  .notice {
    display: block;
    margin-block-end: 1.5rem;
  }
  .todo {
    color: var(--palabre-muted);
  }

  .empty {
    height: auto;
    padding: 3rem 1rem;
  }

  @media (max-width: 30rem) {
    .row {
      column-gap: 0.75rem;
      padding: 1rem;
    }
    .ask {
      grid-column: 1 / -1;
    }
    .segments {
      flex: 1 1 100%;
    }
  }
`
