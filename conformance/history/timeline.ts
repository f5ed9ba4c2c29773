import type { HistoryRecord } from '../../schemas/generated/history.ts';

const longestText = 160;

/** The records that a finding names and those before it, one line each, for people. */
export function timelineOf(
  records: readonly HistoryRecord[],
  seqs: readonly number[],
  count = 8,
): string[] {
  const last = seqs.length === 0 ? records.length - 1 : Math.max(...seqs);
  const first = Math.max(1, last - count + 1);
  const near = records.filter(({ seq }) => seq >= first && seq <= last);
  const named = records.filter(({ seq }) => seqs.includes(seq) && seq < first);
  return [...named, ...near].map(lineOf);
}

function lineOf(record: HistoryRecord): string {
  const at = `${(record.atUs / 1000).toFixed(1).padStart(9)} ms`;
  return `${at}  ${eventOf(record)}`;
}

function eventOf(record: HistoryRecord): string {
  switch (record.kind) {
    case 'scenario':
      return `${record.scenario} begins`;
    case 'client-bytes':
    case 'worker-bytes': {
      const place = record.kind === 'client-bytes' ? record.connection : record.process;
      const arrow = record.direction === 'sent' ? '►' : '◄';
      return `${place} ${arrow} ${textOf(record)}`;
    }
    case 'connection':
      return `${record.connection} ${record.event}${record.error === undefined ? '' : ` (${record.error})`}`;
    case 'process': {
      const how = record.signal ?? (record.exitCode === undefined ? '' : `code ${record.exitCode}`);
      return `${record.process} ${record.event} ${how}`.trimEnd();
    }
    case 'output':
      return `${record.process} ${record.stream}: ${short(record.line)}`;
    case 'resource':
      return `${record.process} uses ${Math.round((record.rssBytes ?? 0) / 1e6)} MB, ${record.openFiles ?? '?'} descriptors`;
    case 'deadline':
      return `${record.met ? 'came' : 'did not come'}: ${record.waitedFor}`;
    case 'leftover':
      return `left over: ${record.what} ${record.name}`;
    case 'fault':
      return `fault: ${record.fault} ${record.target}`;
    case 'note':
      return record.text;
    case 'observation':
      return `${record.process ?? 'bus'}: ${record.name} is ${short(String(record.value))}`;
  }
}

/** Bytes as they are, with signs for what cannot be seen; the LF at the end of a frame goes without. */
function textOf({ text, base64 }: { text?: string; base64?: string }): string {
  if (text === undefined) return `base64 ${short(base64 ?? '')}`;
  const isOneLine = text.endsWith('\n') && text.indexOf('\n') === text.length - 1;
  const shown = isOneLine ? text.slice(0, -1) : text.endsWith('\n') ? text : `${text}…`;
  return short(shown);
}

function short(text: string): string {
  const isWhole = text.length <= longestText;
  const visible = (isWhole ? text : text.slice(0, longestText)).replace(/\p{Cc}/gu, picture);
  return isWhole ? visible : `${visible}… (${text.length})`;
}

/** ␊ for LF, ␍ for CR, ␀ for NUL: they differ from the two characters of an escape. */
function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code === 0x7f) return '\u2421';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : control;
}
