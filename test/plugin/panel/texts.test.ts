import { describe, expect, it } from 'vitest';
import { TEXTS } from '../../../plugin/panel/texts.ts';

/** Every text by its path. Functions are called with numbers. */
function flat(texts: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts) as [string, unknown][]) {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === 'string') found.set(at, value);
    // Errors have a test of their own.
    else if (key === 'error') continue;
    else if (typeof value === 'function')
      found.set(at, (value as (...numbers: number[]) => string)(3, 4, 5));
    else for (const [inner, text] of flat(value as object, at)) found.set(inner, text);
  }
  return found;
}

describe('the texts of the panel', () => {
  const [english, chinese] = [flat(TEXTS.en), flat(TEXTS.zh)];

  it('are none of them empty', () => {
    for (const texts of [english, chinese])
      expect([...texts].filter(([, text]) => !text.trim())).toEqual([]);
  });

  it('are translated, every one', () => {
    expect([...chinese.keys()]).toEqual([...english.keys()]);
    const same = [...english].filter(([key, text]) => chinese.get(key) === text);
    expect(same.map(([key]) => key)).toEqual([]);
    const han = /\p{Script=Han}/u;
    const without = [...chinese].filter(([key, text]) => key !== 'locale' && !han.test(text));
    expect(without).toEqual([]);
  });

  it('distinguish one and many', () => {
    expect(TEXTS.en.recorded(1, 2)).toBe('1 episode, 2 steps');
    expect(TEXTS.en.status.importedEpisodes(1)).toBe('1 new episode imported.');
  });

  it('of an error give the fix in the language, and the message unchanged', () => {
    expect(TEXTS.en.error('storage-full', 'Full. Delete some.')).toBe('Full. Delete some.');
    expect(TEXTS.zh.error('storage-full', 'Full.')).toMatch(/导出后删除一些场次。（Full.）/);
    expect(TEXTS.zh.error(null, 'Odd.')).toContain('Odd.');
  });
});
