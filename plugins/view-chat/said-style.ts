import { css } from 'lit'

/** What was said, with its Markdown. */
export const saidStyle = css`
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
`
