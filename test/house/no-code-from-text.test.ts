import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { noCodeFromText } from './no-code-from-text.ts'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'

const inFile = (text: string, path = 'plugins/a/a.ts') => broken(noCodeFromText, { [path]: text })

test('no code from text', () => holds(noCodeFromText))

for (const offence of [
  `eval('1')`,
  `globalThis.eval(x)`,
  `window['eval'](x)`,
  `new Function('return 1')`,
  `Function(x)()`,
  `setTimeout('x()', 1)`,
  `await import('data:text/javascript,x')`,
  `node.innerHTML = x`,
  `node['outerHTML'] = x`,
  `node.insertAdjacentHTML('beforeend', x)`,
  `node.setHTMLUnsafe(x)`,
  `Document.parseHTMLUnsafe(x)`,
  `range.createContextualFragment(x)`,
  `document.write(x)`,
  `window.document.writeln(x)`,
  `frame.srcdoc = x`,
  'html`<p .innerHTML=${x}></p>`',
  `import { unsafeHTML } from 'lit/directives/unsafe-html.js'`,
]) {
  test(`found: ${offence}`, () => assert.equal(inFile(`\n${offence}`), ['plugins/a/a.ts:2']))
}

for (const fine of [
  `evaluate(x)`,
  `x.eval(y)`,
  `let f: Function`,
  `class Function2 {}`,
  `setTimeout(() => x(), 1)`,
  `stream.write(x); writer.writeln(x)`,
  `node.textContent = x`,
  `// node.innerHTML = x`,
  `const text = 'eval(x)'`,
  'html`<p>innerHTML</p>`',
]) {
  test(`left alone: ${fine}`, () => assert.equal(inFile(fine), []))
}

test('tests may try what the product must not', () => {
  assert.equal(inFile('eval(x)', 'plugins/a/a.test.ts'), [])
  assert.equal(inFile('eval(x)', 'test/story/x.story.ts'), [])
})

test.run()
