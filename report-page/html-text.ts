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
