/** A clean start: nothing of the browser’s own margins and lists, one type, one focus, `.scroll`, `.unseen`, no motion for whoever wants none. */
export const ground = `
  :host {
    color: var(--palabre-ink);
  }
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset,
  legend {
    margin: 0;
    padding: 0;
    border: 0;
    list-style: none;
  }
  h1,
  h2,
  h3 {
    line-height: 1.25;
    letter-spacing: -0.012em;
    text-wrap: balance;
    outline: none;
  }
  h1 {
    font-size: var(--palabre-text-title);
    font-weight: 650;
  }
  h2 {
    font-size: 1.0625rem;
    font-weight: 650;
  }
  h3 {
    font-size: 0.9375rem;
    font-weight: 650;
  }
  button,
  input,
  select,
  textarea {
    margin: 0;
    font: inherit;
    color: inherit;
  }
  button,
  summary,
  select {
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--palabre-focus);
    outline-offset: 2px;
  }
  h1:focus-visible,
  h2:focus-visible {
    outline: none;
  }
  .scroll {
    overflow-y: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--palabre-line) transparent;
    overscroll-behavior: contain;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`
