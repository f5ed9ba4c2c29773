import { htmlText } from './html-text.ts';

/** Values of which any may be chosen; an item has its own in `data-NAME`. */
export interface FilterGroup {
  /** Letters. */
  readonly name: string;
  readonly title: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

export interface FilterBar {
  /** The id of the element whose children are filtered. */
  readonly list: string;
  /** What the items are, in the plural. */
  readonly noun: string;
  readonly count: number;
  readonly groups: readonly FilterGroup[];
}

/**
 * Buttons and a search over a list. The search looks into what stands in `data-search` elements of
 * an item; a link to `#find=TEXT` fills it in.
 */
export function filterHtml({ list, noun, count, groups }: FilterBar): string {
  const parts = groups
    .filter(({ values }) => values.length > 1)
    .map(({ name, title, values }) => {
      const buttons = values.map(
        ({ value, count: own }) =>
          `<button class="chip" type="button" aria-pressed="false" data-group="${name}" data-value="${htmlText(value)}">${htmlText(value)} <span class="quiet">${own}</span></button>`,
      );
      return `<div role="group" aria-label="${htmlText(title)}"><span class="quiet">${htmlText(title)}</span> ${buttons.join(' ')}</div>`;
    });
  return `<div class="filter screen-only" data-list="${list}" data-noun="${htmlText(noun)}">
<label>Search <input type="search" autocomplete="off" spellcheck="false" placeholder="id, requirement, words"></label>
${parts.join('\n')}
<p class="quiet" role="status">${count} ${htmlText(noun)}</p></div>`;
}

export const filterStyles = `
.filter { display: grid; gap: .5rem; margin: .75rem 0; }
.filter label { display: flex; gap: .5rem; align-items: center; max-width: 30rem; }
.filter input { flex: 1; min-width: 0; font: inherit; padding: .3rem .6rem; color: var(--ink); background: var(--page); border: 1px solid var(--quiet); border-radius: .3rem; }
.filter [role=group] { display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; }
.filter [role=group] > .quiet { min-width: 5rem; font-size: .875rem; }
.filter p { margin: 0; font-size: .875rem; }
.chip { font: inherit; font-size: .875rem; padding: .15rem .6rem; color: var(--ink); background: var(--panel); border: 1px solid var(--rule); border-radius: 1rem; cursor: pointer; }
.chip[aria-pressed=true] { color: var(--page); background: var(--link); border-color: var(--link); }
.chip[aria-pressed=true] .quiet { color: inherit; }
`;

/** For the page, once. */
export const filterScript = `
for (const bar of document.querySelectorAll('.filter')) {
  const list = document.getElementById(bar.dataset.list);
  const search = bar.querySelector('input');
  const chips = [...bar.querySelectorAll('.chip')];
  const items = [...list.children].filter((item) => item.dataset.item !== undefined);
  let texts;
  const textOf = (item) => [...item.querySelectorAll('[data-search]')].map((each) => each.textContent).join(' ').toLowerCase();
  const apply = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    if (words.length > 0) texts ??= items.map(textOf);
    const chosen = new Map();
    for (const { dataset } of chips.filter((chip) => chip.ariaPressed === 'true')) {
      chosen.set(dataset.group, [...(chosen.get(dataset.group) ?? []), dataset.value]);
    }
    let shown = 0;
    for (const [at, item] of items.entries()) {
      const fits = [...chosen].every(([group, values]) => (item.dataset[group] ?? '').split(' ').some((value) => values.includes(value)));
      item.hidden = !(fits && words.every((word) => texts[at].includes(word)));
      if (!item.hidden) shown++;
    }
    const all = items.length + ' ' + bar.dataset.noun;
    bar.querySelector('[role=status]').textContent = shown === items.length ? all : shown + ' of ' + all;
  };
  for (const chip of chips) chip.addEventListener('click', () => {
    chip.ariaPressed = String(chip.ariaPressed !== 'true');
    apply();
  });
  search.addEventListener('input', apply);
  const find = () => {
    const [, text] = /^#find=(.*)$/.exec(location.hash) ?? [];
    if (text === undefined) return;
    search.value = decodeURIComponent(text);
    for (const chip of chips) chip.ariaPressed = 'false';
    apply();
    bar.scrollIntoView();
    search.focus({ preventScroll: true });
  };
  addEventListener('hashchange', find);
  find();
}`;
