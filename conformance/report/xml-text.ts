/** What XML 1.0 cannot say, not even escaped. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Any text as content of an XML element; what XML cannot say is left out. */
export function xmlContent(text: string): string {
  return text.replace(forbidden, '').replace(/[&<>\r]/g, escapeOf);
}

/** Any text as value of an XML attribute in double quotes, line ends kept. */
export function xmlAttribute(text: string): string {
  return text.replace(forbidden, '').replace(/[&<>"\t\n\r]/g, escapeOf);
}

/** Attributes, each after a space. */
export function xmlAttributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('');
}

function escapeOf(character: string): string {
  return escapes[character] as string;
}
