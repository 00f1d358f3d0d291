import { css } from 'lit'

export const cardStyle = css`
  dialog {
    width: min(29rem, calc(100vw - 1.5rem));
    overflow: hidden;
  }
  .inside {
    max-height: calc(100dvh - 2rem - 2px);
  }
  h3 {
    margin-block-start: 0.875rem;
    color: var(--palabre-muted);
    font-size: var(--palabre-text-small);
    letter-spacing: 0.02em;
  }

  .way {
    display: grid;
    margin-block-start: 0.375rem;
  }
  .way li {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    column-gap: 0.75rem;
    padding: 0.1875rem 0 0.1875rem 1.75rem;
  }
  .stop,
  .leg {
    position: absolute;
    inset-inline-start: 0.25rem;
  }
  .stop {
    inset-block-start: 0.625rem;
    width: 0.75rem;
    height: 0.75rem;
    border: 2px solid var(--palabre-good);
    border-radius: 50%;
    background: var(--palabre-good);
  }
  .hop .stop {
    border-radius: 0.125rem;
    background: var(--palabre-raised);
    rotate: 45deg;
  }
  .leg {
    inset-block: 1.625rem -0.375rem;
    width: 2px;
    margin-inline-start: 0.3125rem;
    background: var(--palabre-edge);
  }
  .way li:last-child .leg {
    display: none;
  }
  .where {
    color: var(--palabre-muted);
    line-height: 1.8;
  }

  .trips {
    display: grid;
    gap: 0.125rem;
  }
  .trips svg {
    width: 100%;
    height: 3.25rem;
    border-radius: var(--palabre-round-small);
    background: var(--palabre-sunk);
  }
  .trips .area {
    fill: var(--palabre-good);
    opacity: 0.14;
  }
  .trips .line {
    fill: none;
    stroke: var(--palabre-good);
    stroke-width: 1.75;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  .trips .dot {
    stroke: var(--palabre-good);
    stroke-width: 7;
    stroke-linecap: round;
    vector-effect: non-scaling-stroke;
  }
  figcaption {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 0.75rem;
    font-variant-numeric: tabular-nums;
  }

  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
    gap: 0.625rem 1rem;
    margin-block-start: 0.625rem;
  }
  dt {
    color: var(--palabre-muted);
    font-size: var(--palabre-text-small);
    line-height: 1.3;
  }
  dd {
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }

  .sights {
    width: 100%;
    margin-block: 0.25rem;
    border-collapse: collapse;
    font-size: var(--palabre-text-quiet);
  }
  .sights th,
  .sights td {
    padding: 0.4375rem 0.25rem;
    border-block-end: 1px solid var(--palabre-line);
    text-align: center;
    vertical-align: middle;
  }
  .sights thead th {
    width: 20%;
    color: var(--palabre-muted);
    font-size: 0.75rem;
    font-weight: 550;
    line-height: 1.3;
    vertical-align: bottom;
  }
  .sights tbody th {
    padding-inline-start: 0;
    font-weight: 550;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .sights td {
    color: var(--palabre-muted);
  }
  .sights .sees {
    color: var(--palabre-warn);
  }
  .sight {
    width: 1.25rem;
    height: 1.25rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: middle;
  }

  .segments {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
  }
  @media (max-width: 28rem) {
    .segments {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  .end {
    display: flex;
    justify-content: flex-end;
    margin-block-start: 0.375rem;
  }
`
