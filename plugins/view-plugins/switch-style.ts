import { css } from 'lit'

/** The same as in the frame, which may be off while this view stands. */
export const switchStyle = css`
  .switch {
    align-self: start;
    /* Larger than it looks, for fingers. */
    margin: -0.625rem;
    padding: 0.625rem;
    border: 0;
    border-radius: 999px;
    background: none;
  }
  .track {
    display: block;
    width: 2.75rem;
    height: 1.5rem;
    padding: 0.1875rem;
    border: 1px solid var(--palabre-edge);
    border-radius: 999px;
    background: var(--palabre-sunk);
    transition: background-color 0.15s;
  }
  .knob {
    display: block;
    width: 1rem;
    height: 1rem;
    border: 2px solid var(--palabre-muted);
    border-radius: 50%;
    transition: translate 0.15s;
  }
  .switch[aria-checked='true'] .track {
    border-color: var(--palabre-accent);
    background: var(--palabre-accent);
  }
  .switch[aria-checked='true'] .knob {
    border-color: var(--palabre-on-accent);
    background: var(--palabre-on-accent);
    translate: 1.25rem;
  }
  .switch[aria-busy='true'] .knob {
    opacity: 0.5;
  }
`
