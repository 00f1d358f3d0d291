import { css } from 'lit'

export const talkDialogStyle = css`
  dialog {
    width: min(25rem, calc(100vw - 1.5rem));
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
    gap: 0.75rem;
    padding: 1.375rem 1.5rem 1.25rem;
    text-wrap: pretty;
  }
  h2 {
    font-size: var(--palabre-text-large);
  }
  fieldset {
    display: grid;
    margin-inline: -0.5rem;
  }
  .choice {
    display: flex;
    gap: 0.75rem;
    align-items: center;
    min-height: 2.375rem;
    padding-inline: 0.5rem;
    border-radius: var(--palabre-round-small);
    cursor: pointer;
  }
  .choice:hover {
    background: var(--palabre-hover);
  }
  .choice input {
    width: 1.125rem;
    height: 1.125rem;
    accent-color: var(--palabre-accent);
  }
  .buttons {
    justify-content: flex-end;
    margin-block-start: 0.375rem;
  }
`
