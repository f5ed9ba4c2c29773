/** A member of a JSON object as it is spelled: offsets into the text. */
export interface TopLevelMember {
  /** Unescaped. */
  readonly name: string;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/**
 * The members of the top level of a JSON object, those that stand twice too. The text must be valid
 * JSON and an object; it may be latin1 text of UTF-8 bytes, since every byte that counts is ASCII.
 */
export function topLevelMembers(text: string): TopLevelMember[] {
  const members: TopLevelMember[] = [];
  let at = text.indexOf('{') + 1;
  for (;;) {
    at = afterBlanks(text, at);
    if (text[at] === '}' || at >= text.length) return members;
    if (text[at] === ',') at = afterBlanks(text, at + 1);
    const nameEnd = afterString(text, at);
    const spelled = Buffer.from(text.slice(at, nameEnd), 'latin1').toString();
    const valueStart = afterBlanks(text, text.indexOf(':', nameEnd) + 1);
    const valueEnd = afterValue(text, valueStart);
    members.push({ name: JSON.parse(spelled), valueStart, valueEnd });
    at = valueEnd;
  }
}

function afterBlanks(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r' || text[at] === '\n') at++;
  return at;
}

/** Strings may be large: the search for their end is the system's. */
function afterString(text: string, start: number): number {
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return text.length;
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes++;
    from = quote + 1;
    if (backslashes % 2 === 0) return from;
  }
}

function afterValue(text: string, start: number): number {
  if (text[start] === '"') return afterString(text, start);
  if (text[start] !== '{' && text[start] !== '[') {
    let at = start;
    while (at < text.length && !',}] \t\r\n'.includes(text[at] as string)) at++;
    return at;
  }
  let depth = 0;
  for (let at = start; ; ) {
    const character = text[at];
    if (character === '"') {
      at = afterString(text, at);
      continue;
    }
    if (character === '{' || character === '[') depth++;
    if (character === '}' || character === ']') depth--;
    at++;
    if (depth === 0) return at;
  }
}
