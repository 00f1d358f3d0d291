import { css } from 'lit'

export const talkDialogStyle = css`
  dialog {
    width: min(25rem, calc(100vw - 1.5rem));
  }
  fieldset {
    display: grid;
    margin-inline: -0.5rem;
  }
  .option {
    padding-inline: 0.5rem;
    border-radius: var(--palabre-round-small);
  }
  .option:hover {
    background: var(--palabre-hover);
  }
  .buttons {
    justify-content: flex-end;
    margin-block-start: 0.375rem;
  }
`
