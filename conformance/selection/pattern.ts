/** Tells whether an id of a requirement or a scenario is meant. */
export type Pattern = (id: string) => boolean;

/**
 * A pattern such as `AFF-*` or `affinity/*`: `*` is any text, `?` any one character, anything else
 * is itself; upper and lower case are one.
 */
export function patternFromText(text: string): Pattern {
  const wanted = [...text.toLowerCase()];
  return (id) => matches(wanted, [...id.toLowerCase()]);
}

/** Goes back to the last star only, so that no pattern takes more than the product of the lengths. */
function matches(wanted: readonly string[], given: readonly string[]): boolean {
  let star = -1;
  let resumeAt = 0;
  let at = 0;
  for (let index = 0; index < given.length; ) {
    if (wanted[at] === '*') {
      star = at++;
      resumeAt = index;
    } else if (wanted[at] === '?' || (at < wanted.length && wanted[at] === given[index])) {
      at++;
      index++;
    } else if (star === -1) return false;
    else {
      at = star + 1;
      index = ++resumeAt;
    }
  }
  return wanted.slice(at).every((character) => character === '*');
}
