import { css } from 'lit'

export const contactsStyle = css`
  :host {
    display: block;
  }
  .to-all {
    margin: -0.75rem 0 0.5rem -0.75rem;
    padding-inline: 0.5rem 0.875rem;
  }
  .page > .notice,
  .page > .buttons {
    margin-block-end: 1.25rem;
  }
  .part {
    margin-block: 1.75rem 0.75rem;
  }
  .people {
    border: 1px solid var(--palabre-line);
    border-radius: calc(var(--palabre-round) + 0.25rem);
    background: var(--palabre-raised);
    overflow: hidden;
  }
  .people li + li {
    border-block-start: 1px solid var(--palabre-line);
  }
  .person,
  .open-invite {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.25rem 1rem;
    width: 100%;
    min-height: 3.25rem;
    padding: 0.5rem 1.125rem;
    border: 0;
    background: none;
    text-align: start;
  }
  .open-invite {
    flex-wrap: nowrap;
  }
  .person:hover {
    background: var(--palabre-hover);
  }
  .person:focus-visible {
    outline-offset: -2px;
  }
  .person {
    position: relative;
    padding-inline-end: 2.75rem;
  }
  .person .icon {
    position: absolute;
    inset-inline-end: 1rem;
    color: var(--palabre-muted);
  }
  .person-name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  h1 {
    overflow-wrap: anywhere;
  }
  .tags {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.375rem;
  }
  .tags:not(:has(*)) {
    display: none;
  }
  header .tags {
    margin-block-start: 0.5rem;
  }
  .tag.good {
    border-color: var(--palabre-good);
    color: var(--palabre-good);
  }
  .tag.bad {
    border-color: var(--palabre-bad);
    color: var(--palabre-bad);
  }
  h2 .tag {
    margin-inline-start: 0.375rem;
    font-weight: 450;
    letter-spacing: 0;
    vertical-align: 0.0625rem;
  }

  .invite {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(12rem, 19rem);
    gap: 1.5rem;
    align-items: center;
  }
  .invite .buttons {
    margin-block: 0.875rem 0.75rem;
  }
  .invite .field {
    text-overflow: ellipsis;
  }
  .qr {
    display: block;
    width: 100%;
    /* Scanners want dark on light, in every theme. */
    border-radius: var(--palabre-round);
    background: white;
    fill: black;
  }
  figure {
    display: grid;
    justify-items: center;
    gap: 0.25rem;
  }
  figcaption {
    margin-block-start: 0.25rem;
    text-align: center;
    text-wrap: balance;
  }

  .other-ways {
    margin-block-end: 1.25rem;
  }
  .other-ways palabre-scanner {
    margin-block-start: 1rem;
  }
  .file:focus-within {
    outline: 2px solid var(--palabre-focus);
    outline-offset: 2px;
  }
  form.card {
    display: grid;
    gap: 0.75rem;
  }
  form .label {
    margin: 0;
  }
  form .notice {
    margin: 0;
  }
  form .hint {
    margin: 0;
  }
  /* What is said of an invite moves no button under a finger. */
  form .hint[role='status'] {
    min-height: 2lh;
  }
  .digits {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(4.5rem, 1fr));
    gap: 0.375rem 0.75rem;
    max-width: 22rem;
    margin-block: 1rem;
    min-height: 5.5rem;
    font-family: var(--palabre-mono);
    font-size: 1.125rem;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.04em;
  }
  .hint + .option {
    margin-block-start: 0.5rem;
  }
  .turn + p {
    margin-block-start: 0.25rem;
  }
  .inline {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.375rem 0.625rem;
    align-items: center;
  }
  .inline .label {
    grid-column: 1 / -1;
  }
  .id-label {
    margin-block: 1rem 0.25rem;
  }
  .mono + .quiet {
    margin: 0.25rem 0 -0.375rem -1rem;
  }
  .card > .hint {
    margin-block: 0.25rem 0;
  }
  .hint + .buttons {
    margin-block-start: 0.875rem;
  }
  .suspect {
    display: grid;
    margin-block-end: 1rem;
  }
  .really {
    margin-block-start: 1rem;
    padding: 1rem 1.125rem;
    border-radius: var(--palabre-round);
    background: var(--palabre-sunk);
  }
  .really .buttons {
    margin-block-start: 0.875rem;
  }
  @media (max-width: 40rem) {
    .invite {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`
