import { css } from 'lit'

export const composerStyle = css`
  :host {
    display: block;
    padding: 0 clamp(0.75rem, 3vw, 1.5rem) 0.875rem;
  }
  form {
    width: min(100%, 54rem);
    margin-inline: auto;
    border: 1px solid var(--palabre-edge);
    border-radius: calc(var(--palabre-round) + 0.375rem);
    background: var(--palabre-raised);
    transition: border-color 0.12s;
  }
  form:focus-within {
    border-color: var(--palabre-focus);
    box-shadow: 0 0 0 1px var(--palabre-focus);
  }
  .line {
    display: flex;
    align-items: flex-end;
    gap: 0.25rem;
    padding: 0.25rem;
  }
  textarea {
    flex: 1;
    min-width: 0;
    max-height: 40dvh;
    padding: 0.5625rem 0.5rem 0.5625rem 0.875rem;
    border: 0;
    background: none;
    line-height: 1.5;
    resize: none;
    outline: none;
  }
  textarea:focus-visible {
    outline: none;
  }
  textarea::placeholder {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--palabre-muted);
    opacity: 1;
  }
  .send {
    display: grid;
    place-content: center;
    width: 2.625rem;
    height: 2.625rem;
    border: 0;
    border-radius: calc(var(--palabre-round) + 0.125rem);
    background: var(--palabre-accent);
    color: var(--palabre-on-accent);
  }
  .send[disabled] {
    background: none;
    color: var(--palabre-muted);
    cursor: default;
  }
  .about {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    padding: 0.375rem 0.25rem 0.375rem 1rem;
    border-block-end: 1px solid var(--palabre-line);
    color: var(--palabre-muted);
    font-size: var(--palabre-text-quiet);
  }
  .about p {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .about strong {
    color: var(--palabre-ink);
  }
  .trouble {
    padding: 0.5rem 1rem;
    border-block-end: 1px solid var(--palabre-line);
    color: var(--palabre-bad);
    font-size: var(--palabre-text-quiet);
  }
`
