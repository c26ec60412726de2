/**
 * `JSON.parse`, for text from anywhere. Throws SyntaxError, also for arrays and objects inside each other
 * deeper than `depth`: those would overflow the stack of what reads them.
 */
export function parseJson(text: string, depth: number): unknown {
  // Before it is parsed: a megabyte of brackets takes JSON.parse a second.
  if (isDeeper(text, depth))
    throw new SyntaxError(`arrays and objects are nested deeper than ${depth} levels`);
  return JSON.parse(text);
}

/** Counts brackets outside of strings. */
function isDeeper(text: string, most: number): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++)
    switch (text.charCodeAt(i)) {
      case 0x22: // A quote: skip to the end of the string.
        for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++)
          if (text.charCodeAt(i) === 0x5c) i++;
        break;
      case 0x5b:
      case 0x7b:
        if (++depth > most) return true;
        break;
      case 0x5d:
      case 0x7d:
        depth--;
    }
  return false;
}
