const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Any text as text of HTML, in attributes too; control characters become signs that are seen. */
export function htmlText(text: string): string {
  return text
    .replace(/[&<>"']/g, (sign) => entities[sign] as string)
    .replace(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\n' ? sign : '\ufffd'));
}

const controls =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US SP DEL'.split(
    ' ',
  );

/**
 * The same with the names of control characters, and of the signs that Unicode has for them, in
 * small boxes: few fonts have these signs. A line end stays one.
 */
export function visibleHtml(text: string): string {
  return text
    .split(/((?!\n)\p{Cc}|[\u2400-\u2421])/u)
    .map((part, at) => (at % 2 === 0 ? htmlText(part) : `<b class="control">${nameOf(part)}</b>`))
    .join('');
}

function nameOf(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code === 0x7f) return 'DEL';
  return controls[code % 0x2400] ?? `U+00${code.toString(16).toUpperCase()}`;
}
