import { describe, expect, it } from 'vitest';
import { ALLOWED, RULES, checkText, findWords } from '../../scripts/check-words.mjs';

const wordsOf = (text: string): string[] => findWords(text).map(({ word }) => word);

describe('findWords', () => {
  it('finds a word in a comment, a text and at the end of a sentence', () => {
    expect(wordsOf("// He jumps.\nconst text = 'his jump'; /* near him */")).toEqual([
      'he',
      'his',
      'him',
    ]);
  });

  it('finds a word in a name, however the name is written', () => {
    expect(wordsOf('AtlasPicture drawPictures #lately LATELY WINDOW_PICTURE a_picture-b')).toEqual([
      'picture',
      'pictures',
      'lately',
      'lately',
      'picture',
      'picture',
    ]);
  });

  it('takes no part of a longer word', () => {
    expect(
      wordsOf('the other history, hero, besides, essays, newsletter, hers2: pictured'),
    ).toEqual(['hers']);
  });

  it('finds a phrase on one line, and over the end of a line of a comment', () => {
    expect(wordsOf('it goes  on')).toEqual(['goes on']);
    expect(wordsOf('/**\n * It goes\n * on.\n */')).toEqual(['goes on']);
    expect(wordsOf('// It goes\n  // on.')).toEqual(['goes on']);
    expect(wordsOf('goOn(); run.goesOn, GO_ON, go-on.ts')).toEqual([
      'go on',
      'goes on',
      'go on',
      'go on',
    ]);
  });

  it('takes no phrase over the end of a sentence or an argument', () => {
    expect(wordsOf('There it goes. On the right, go, on')).toEqual([]);
  });

  it('counts lines from 1, and a phrase where it begins', () => {
    expect(findWords('a\nb nobody\nit goes\non').map(({ line }) => line)).toEqual([2, 3]);
  });

  it('leaves the HTML element alone', () => {
    expect(wordsOf('<picture><img></picture>, picture-in-picture')).toEqual([]);
  });
});

describe('checkText', () => {
  it('reports the place, the word and what to write instead', () => {
    expect(checkText('a.ts', '\n// lately')).toEqual([
      'a.ts:2: "lately": write recent or recently (the field says "recent actions")',
    ]);
  });

  it('reads the name of the file too', () => {
    expect(checkText('demo/sitting.ts', '')).toEqual([
      'demo/sitting.ts:name: "sitting": write session (one word for one thing)',
    ]);
  });

  const allowed = [{ file: 'a.ts', word: 'his', why: 'a quotation' }];

  it('passes a word that is allowed in this file, and in no other', () => {
    expect(checkText('a.ts', 'his', allowed)).toEqual([]);
    expect(checkText('b.ts', 'his', allowed)).toHaveLength(1);
  });

  it('reports an exception that nothing needs', () => {
    expect(checkText('a.ts', 'its', allowed)).toEqual([
      'a.ts: "his" is allowed but does not occur: remove the exception',
    ]);
  });
});

it('no word stands in two rules, and each exception is about a word of one', () => {
  const words = RULES.flatMap((rule) => rule.words);
  expect(new Set(words).size).toBe(words.length);
  for (const { word, why } of ALLOWED) {
    expect(words).toContain(word);
    expect(why).not.toBe('');
  }
});
