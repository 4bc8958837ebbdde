import { element } from './dom.js';
import { bars, moment, rows, whole } from './format.js';

const SEPARATORS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' };
const VALUES = ['open', 'high', 'low', 'close', 'volume'];
/** "dateFormat=MM/dd/yyyy for 2024-01-02": a value of a parameter, and what the file then says. */
const READING = /\b(dateFormat|decimal)=(\S+) for ([^\s,)]+)/g;
const HINTS = ['timeframe', 'dateFormat', 'zone', 'decimal', 'onDuplicate'];

/** Returns what a preview says: how the file is read, and what an import would do. */
export function previewed(result, where, part) {
  const { received, inserted, updated, rejected } = result;
  const title = inserted + updated > 0
    ? `Preview: ${bars(inserted + updated + result.unchanged)} ${where}`
    : `Nothing to import ${where}`;
  return [
    element('h3', {}, title),
    part ? element('p', {}, part) : '',
    element('p', {}, `${counts(result)} (of ${rows(received)})`),
    inserted + updated === 0 && rejected === 0 && received > 0 ? element('p', {}, 'Every bar of the file is stored already.') : '',
    recognised(result.detected),
    ends(result),
    ...warnings(result),
    ...listed('Rows that are no bars', result.droppedRows),
    ...listed('Rows with errors, which are left out', result.errors),
  ];
}

/** Returns what an import did. */
export function imported(ticker, result) {
  return [
    element('h3', {}, `${ticker}: ${rows(result.received)} read`),
    element('p', {}, counts(result)),
    ...warnings(result),
    ...listed('Rows with errors, which were left out', result.errors),
    ...listed('Rows that are no bars', result.droppedRows),
  ];
}

/** Returns why a file was refused, line by line. */
export function refused({ title, message, errors }) {
  return [element('h3', {}, title), element('p', {}, message), ...listed('', errors)];
}

/** Returns the parameters that a refusal names: with another value the file may be accepted. */
export function namedParameters({ message, errors }) {
  const fields = errors.map(({ field, parameter }) => field ?? parameter);
  const texts = [message, ...errors.map((error) => error.message ?? '')].join(' ');
  return new Set([...HINTS, 'onError'].filter((name) => fields.includes(name)
    || (name === 'zone' ? /\bparameter zone\b|\bzone=/.test(texts) : new RegExp(`\\b${name}\\b`).test(texts))));
}

/** Returns the readings among which a refusal lets one choose: parameter, value, and what the file says then. */
export function readings({ errors }) {
  const found = errors.flatMap(({ value, message = '' }) =>
    [...message.matchAll(READING)].map(([, name, choice, meaning]) => ({ name, choice, value, meaning })));
  const first = found[0];
  return found.filter(({ name, value }) => name === first.name && value === first.value);
}

function counts({ inserted, updated, unchanged, rejected, dropped = 0, duplicates = 0, rounded = 0 }) {
  const parts = [
    [inserted, 'new'], [updated, 'changed'], [unchanged, 'unchanged'], [rejected, 'with errors'],
    [dropped, 'without prices'], [duplicates, 'repeated'], [rounded, 'rounded'],
  ];
  return parts.filter(([count]) => count > 0).map(([count, what]) => `${whole(count)} ${what}`).join(' · ') || 'No bars';
}

/** How stock-service reads the file, in a sentence. */
function recognised(detected) {
  if (!detected) {
    return '';
  }
  const { format, separator, decimal, dateFormat, zone, columns = {}, ignoredColumns = [] } = detected;
  const parts = [separator ? `Values separated by ${SEPARATORS[separator] ?? separator}` : `Format ${format}`];
  if (decimal) {
    parts.push(`decimal ${decimal === ',' ? 'comma' : 'point'}`);
  }
  if (dateFormat) {
    parts.push(`dates ${dateFormat}`);
  }
  if (zone) {
    parts.push(`time zone ${zone}`);
  }
  const renamed = Object.entries(columns).filter(([name, column]) => column.toLowerCase() !== name);
  parts.push(...renamed.map(([name, column]) => `${name} from “${column}”`));
  const ignored = ignoredColumns.length > 0 ? ` Not read: ${ignoredColumns.join(', ')}.` : '';
  return element('p', {}, `${parts.join(', ')}.${ignored}`);
}

/** The first and the last bar, to compare with the file. */
function ends({ first, last }) {
  if (!first || !last) {
    return '';
  }
  const row = (name, bar) => element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, moment(bar.timestamp)),
    ...VALUES.map((value) => element('td', { class: 'number' }, String(bar[value]))));
  return element('div', { class: 'ends', tabindex: 0, role: 'region', 'aria-label': 'First and last bar' }, element('table', {},
    element('thead', {}, element('tr', {}, ...['Bar', 'Time', 'Open', 'High', 'Low', 'Close', 'Volume'].map((name, at) =>
      element('th', { scope: 'col', class: at > 1 ? 'number' : '' }, name)))),
    element('tbody', {}, row('First', first), row('Last', last))));
}

function warnings({ warnings: found = [] }) {
  return found.map(({ code, count, message }) =>
    element('p', { class: 'warning' }, element('b', {}, `${code.replaceAll('-', ' ')} (${whole(count)}): `), message));
}

/** Lines of the file, and what is wrong with each. */
function listed(title, found = []) {
  if (found.length === 0) {
    return [];
  }
  const lines = found.map(({ line, code, message }) => element('tr', {},
    element('td', { class: 'number' }, line == null ? '' : whole(line)), element('td', {}, message ?? code)));
  return [
    title ? element('h4', {}, title) : '',
    element('div', { class: 'faults', tabindex: 0, role: 'region', 'aria-label': title || 'Lines with errors' }, element('table', {},
      element('thead', {}, element('tr', {}, ...['Line', 'What is wrong'].map((name) => element('th', { scope: 'col' }, name)))),
      element('tbody', {}, ...lines))),
  ];
}
