import { htmlText } from './html-text.ts';

/** A line of code with a button that copies it. */
export function codeLineHtml(code: string): string {
  return `<div class="code-line"><code tabindex="0">${htmlText(code)}</code><button class="plain copy screen-only" type="button">Copy</button></div>`;
}

export const copyStyles = `
.code-line { display: flex; gap: .5rem; align-items: flex-start; background: var(--panel); border-radius: .3rem; padding: .4rem .5rem; margin: .25rem 0; }
.code-line code { flex: 1; min-width: 0; overflow-wrap: anywhere; font-size: .8rem; line-height: 1.6; }
.code-line .copy { font-size: .8rem; padding: .05rem .5rem; background: var(--page); }
`;

/** For the page, once. */
export const copyScript = `
document.addEventListener('click', async ({ target }) => {
  if (!target.matches('.code-line .copy')) return;
  const code = target.previousElementSibling;
  try {
    await navigator.clipboard.writeText(code.textContent);
    target.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(code);
    target.textContent = 'Selected';
  }
  setTimeout(() => { target.textContent = 'Copy'; }, 1500);
});`;
