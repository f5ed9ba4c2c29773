/** Whether a method name matches. */
export type MethodPattern = (method: string) => boolean;

/**
 * A glob over a whole method name: `*` stands for any run of characters, `?` for one. In time linear
 * in pattern times name, whatever the pattern. Implements AFF-7.
 */
export function methodPattern(glob: string): MethodPattern {
  const pattern = [...glob];
  return (method) => {
    const name = [...method];
    let at = 0;
    let next = 0;
    // Where to go on when a character does not fit: the last `*` takes one more.
    let star = -1;
    let starAt = 0;
    while (at < name.length) {
      if (pattern[next] === '*') {
        star = next++;
        starAt = at;
      } else if (pattern[next] === '?' || pattern[next] === name[at]) {
        at++;
        next++;
      } else if (star >= 0) {
        next = star + 1;
        at = ++starAt;
      } else return false;
    }
    while (pattern[next] === '*') next++;
    return next === pattern.length;
  };
}
