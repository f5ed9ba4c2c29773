import { deflateRawSync } from 'node:zlib';

/** HTML that a page unpacks only when the reader opens it; a tenth of its size. */
export function packed(html: string): string {
  return deflateRawSync(html).toString('base64');
}

/** The place of a packed part, for inside of a `<details>`; opening that unpacks it. */
export function packedHtml(text: string): string {
  return `<div class="packed"><script type="text/plain">${text}</script></div>`;
}

/** For the page, once. `onUnpacked(element)` is called for each part: other scripts define it. */
export const packedScript = `
{
  const unpack = async (part) => {
    const text = part.firstElementChild.textContent;
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    try {
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
      part.innerHTML = await new Response(stream).text();
    } catch {
      part.textContent = 'This browser cannot unpack the diagram: it needs one of 2023 or later.';
      return;
    }
    onUnpacked(part);
  };
  document.addEventListener('toggle', ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || !target.open) return;
    for (const part of target.querySelectorAll('.packed:not([data-open])')) {
      part.dataset.open = '';
      unpack(part);
    }
  }, true);
}`;
