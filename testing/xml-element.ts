/** An element of an XML document; its text is that between its children, joined. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/** Reads the XML that the kit writes, as strictly as an XML processor. Throws where it is not well-formed. */
export function xmlElementFrom(document: string): XmlElement {
  if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(document)) {
    throw new Error('a character that XML does not have');
  }
  const body = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let end = 0;
  for (const [whole, slash, name = '', attributes = '', empty, text] of body.matchAll(token)) {
    end += whole.length;
    const parent = open.at(-1) as XmlElement;
    if (text !== undefined) parent.text += unescaped(text);
    else if (slash === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`);
    } else {
      const element = { name, attributes: attributesFrom(attributes), children: [], text: '' };
      parent.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  const [element, second] = root.children;
  if (end !== body.length) throw new Error(`not well-formed at ${body.slice(end, end + 40)}`);
  if (open.length !== 1 || element === undefined || second || root.text.trim() !== '') {
    throw new Error('not one element');
  }
  return element;
}

/** All elements of a name in an element, however deep. */
export function xmlElements(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...xmlElements(child, name),
  ]);
}

function attributesFrom(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    if (name in attributes) throw new Error(`the attribute ${name} stands twice`);
    attributes[name] = unescaped(value.replace(/[\t\n\r]/g, ' '));
  }
  return attributes;
}

function unescaped(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in text');
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/&(?:#(\d+);|([a-z]+);)?/g, (_, code?: string, name?: string) => {
      const character =
        code === undefined ? entities[name ?? ''] : String.fromCodePoint(Number(code));
      if (character === undefined) throw new Error('an & that is not escaped');
      return character;
    });
}
