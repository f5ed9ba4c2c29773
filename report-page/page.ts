import { htmlText } from './html-text.ts';
import { sortScript } from './sortable-table.ts';
import { styles } from './styles.ts';

export interface PageSection {
  /** For links; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** HTML: every stranger's text in it has gone through htmlText. */
  readonly html: string;
}

export interface Page {
  readonly title: string;
  /** HTML below the title. */
  readonly lead: string;
  readonly sections: readonly PageSection[];
  /** The raw data, to copy or to save. */
  readonly data: { readonly file: string; readonly value: unknown; readonly title?: string };
  /** HTML at the end: who made it, when. */
  readonly foot: string;
  /** More for the page's script. */
  readonly script?: string;
  /** More for the page's style sheet. */
  readonly styles?: string;
}

/** One file that asks nobody for anything: its policy lets it load nothing. */
export function pageHtml({
  title,
  lead,
  sections,
  data,
  foot,
  script = '',
  styles: more = '',
}: Page): string {
  const rawTitle = htmlText(data.title ?? 'Raw numbers');
  const links = sections.map(({ id, title }) => `<li><a href="#${id}">${htmlText(title)}</a></li>`);
  const parts = sections.map(
    ({ id, title, html }) =>
      `<section aria-labelledby="${id}"><h2 id="${id}">${htmlText(title)}</h2>\n${html}\n</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<meta name="color-scheme" content="light dark">
<title>${htmlText(title)}</title>
<link rel="icon" href="data:,">
<style>${styles}${more}</style>
</head>
<body>
<header><h1>${htmlText(title)}</h1>
${lead}
<nav aria-label="Sections"><ul>${links.join('')}<li><a href="#raw">${rawTitle}</a></li></ul></nav>
</header>
<main>
${parts.join('\n')}
<section aria-labelledby="raw"><h2 id="raw">${rawTitle}</h2>
<p class="screen-only"><button class="plain" type="button" id="copy">Copy as JSON</button> <button class="plain" type="button" id="save" data-file="${htmlText(data.file)}">Save as a file</button> <span id="copied" role="status"></span></p>
<details class="screen-only"><summary>Show</summary><pre id="raw-text" tabindex="0" aria-label="All of it as JSON"></pre></details>
</section>
</main>
<footer>${foot}</footer>
<script type="application/json" id="data">${scriptJson(data.value)}</script>
<script>${sortScript}${dataScript}${script}</script>
</body>
</html>
`;
}

/** JSON that cannot end the script that it stands in. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

const dataScript = `
{
  const text = () => JSON.stringify(JSON.parse(document.getElementById('data').textContent), null, 1);
  const say = (words) => { document.getElementById('copied').textContent = words; };
  const shown = document.getElementById('raw-text');
  shown.parentElement.addEventListener('toggle', () => { shown.textContent ||= text(); });
  document.getElementById('copy').addEventListener('click', async () => {
    try { await navigator.clipboard.writeText(text()); say('Copied.'); }
    catch { shown.parentElement.open = true; say('The browser does not allow it: copy it from below.'); }
  });
  const save = document.getElementById('save');
  save.addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text()], { type: 'application/json' }));
    link.download = save.dataset.file;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}`;
