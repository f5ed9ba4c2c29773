import { htmlText } from './html-text.ts';

export interface Column {
  readonly title: string;
  /** Aligned to the right, in figures of one width. */
  readonly isNumber?: boolean;
}

export interface Cell {
  readonly text: string;
  /** By which it is sorted; default: its text. */
  readonly value?: number | undefined;
  /** A class of the style sheet: good, bad, warn, quiet. */
  readonly tone?: 'good' | 'bad' | 'warn' | 'quiet';
  /** An address in the page. */
  readonly link?: string;
}

export interface SortableTable {
  /** Says what the table shows, to those who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The table as HTML; `sortScript` makes its headings sort, without it they stay as they are. */
export function tableHtml({ caption, columns, rows }: SortableTable): string {
  const headings = columns.map(({ title, isNumber }) => {
    const attributes = isNumber ? ' class="number"' : '';
    return `<th scope="col"${attributes}><button type="button">${htmlText(title)}</button></th>`;
  });
  const body = rows.map(
    (cells) => `<tr>${cells.map((cell, at) => cellHtml(cell, columns[at])).join('')}</tr>`,
  );
  const label = htmlText(caption);
  return `<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table class="sortable" aria-label="${label}">
<thead><tr>${headings.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>`;
}

function cellHtml({ text, value, tone, link }: Cell, column: Column | undefined): string {
  const classes = [column?.isNumber ? 'number' : '', tone ?? ''].filter((name) => name !== '');
  const attributes = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
  const sort = value === undefined ? '' : ` data-value="${value}"`;
  const shown = htmlText(text);
  const content = link === undefined ? shown : `<a href="${htmlText(link)}">${shown}</a>`;
  return `<td${attributes}${sort}>${content}</td>`;
}

/** For the page, once. Rows without a value come last, equal ones keep their order. */
export const sortScript = `
for (const table of document.querySelectorAll('table.sortable')) {
  const headings = [...table.tHead.rows[0].cells];
  for (const [column, heading] of headings.entries()) {
    heading.firstElementChild.addEventListener('click', () => {
      const order = heading.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', order);
      const sign = order === 'ascending' ? 1 : -1;
      const keyed = [...table.tBodies[0].rows].map((row) => {
        const cell = row.cells[column];
        const isNumber = heading.classList.contains('number');
        return { row, key: isNumber ? Number(cell.dataset.value ?? NaN) : cell.textContent };
      });
      keyed.sort((a, b) => {
        if (typeof a.key === 'string') return sign * a.key.localeCompare(b.key, undefined, { numeric: true });
        if (Number.isNaN(a.key) || Number.isNaN(b.key)) return Number.isNaN(a.key) - Number.isNaN(b.key);
        return sign * (a.key - b.key);
      });
      table.tBodies[0].append(...keyed.map(({ row }) => row));
    });
  }
}`;
