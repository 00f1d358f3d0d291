import { css, type CSSResult } from 'lit'

const night = css`
  color-scheme: dark;
  --palabre-ground: oklch(0.19 0.012 150);
  --palabre-raised: oklch(0.235 0.014 150);
  --palabre-sunk: oklch(0.16 0.011 150);
  --palabre-deep: oklch(0.14 0.01 150);
  --palabre-hover: oklch(0.27 0.016 150);
  --palabre-line: oklch(0.29 0.014 150);
  --palabre-edge: oklch(0.56 0.02 145);
  --palabre-ink: oklch(0.94 0.012 105);
  --palabre-muted: oklch(0.75 0.018 125);
  --palabre-accent: oklch(0.81 0.115 78);
  --palabre-on-accent: oklch(0.22 0.04 78);
  --palabre-tint: oklch(0.3 0.035 85);
  --palabre-mine: oklch(0.305 0.035 152);
  --palabre-good: oklch(0.81 0.12 148);
  --palabre-warn: oklch(0.83 0.11 85);
  --palabre-bad: oklch(0.78 0.12 32);
  --palabre-focus: oklch(0.86 0.12 85);
  --palabre-shade: oklch(0.08 0.01 150 / 0.6);
`

const morning = css`
  color-scheme: light;
  --palabre-ground: oklch(0.968 0.007 105);
  --palabre-raised: oklch(1 0 0);
  --palabre-sunk: oklch(0.945 0.009 110);
  --palabre-deep: oklch(0.918 0.012 115);
  --palabre-hover: oklch(0.925 0.014 115);
  --palabre-line: oklch(0.89 0.012 115);
  --palabre-edge: oklch(0.58 0.02 130);
  --palabre-ink: oklch(0.24 0.02 150);
  --palabre-muted: oklch(0.44 0.022 145);
  --palabre-accent: oklch(0.5 0.11 68);
  --palabre-on-accent: oklch(0.99 0.01 90);
  --palabre-tint: oklch(0.93 0.04 88);
  --palabre-mine: oklch(0.92 0.035 150);
  --palabre-good: oklch(0.45 0.11 148);
  --palabre-warn: oklch(0.48 0.095 72);
  --palabre-bad: oklch(0.5 0.15 30);
  --palabre-focus: oklch(0.48 0.11 70);
  --palabre-shade: oklch(0.3 0.02 150 / 0.35);
`

/** Everything that makes a theme: colours, corners, type. Whoever writes a view takes them from here and has no colour of its own. */
const tokens: CSSResult = css`
  :root {
    ${night}
    --palabre-round: 0.75rem;
    --palabre-round-small: 0.5rem;
    --palabre-mono: ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, monospace;
    --palabre-text-small: 0.8125rem;
    --palabre-text-quiet: 0.875rem;
    --palabre-text-large: 1.25rem;
    --palabre-text-title: clamp(1.5rem, 1.3rem + 1vw, 2rem);
  }
  :root[data-theme='light'] {
    ${morning}
  }
  @media (prefers-color-scheme: light) {
    :root[data-theme='system'] {
      ${morning}
    }
  }
`

/** Lays the tokens over those of the page. */
export function wearTokens(): Disposable {
  const sheet = tokens.styleSheet!
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return {
    [Symbol.dispose]() {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
    },
  }
}
