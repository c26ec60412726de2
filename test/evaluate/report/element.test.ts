import { describe, expect, it } from 'vitest';
import { element, escapeText, fragment } from '../../../src/evaluate/report/element.ts';

describe('element', () => {
  it('writes attributes and children, and leaves out false ones', () => {
    const { html } = element('p', { class: 'x', id: false }, 'a', [1, false, undefined, 'b']);
    expect(html).toBe('<p class="x">a1b</p>');
  });

  it('escapes text and attributes, but not other elements', () => {
    const inner = element('i', { title: `"'` }, '<&>');
    expect(element('b', {}, inner, '<i>').html).toBe(
      '<b><i title="&quot;&#39;">&lt;&amp;&gt;</i>&lt;i&gt;</b>',
    );
    expect(fragment('a & b').html).toBe('a &amp; b');
    expect(escapeText('&lt;')).toBe('&amp;lt;');
  });

  it('writes void elements without an end tag', () => {
    expect(element('meta', { charset: 'utf-8' }).html).toBe('<meta charset="utf-8">');
  });
});
