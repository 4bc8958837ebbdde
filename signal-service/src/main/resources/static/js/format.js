const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const parts = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });
const digits = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 5 });
const amount = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Two digits behind the point for usual prices, more for small ones. */
export function price(value) {
  if (value == null) {
    return '–';
  }
  return Math.abs(value) >= 1 || value === 0 ? value.toFixed(2) : value.toPrecision(4);
}

export const whole = (value) => plain.format(value);
/** A number of shares, which may be a fraction. */
export const shares = (value) => parts.format(value);
export const short = (value) => compact.format(value);
export const bars = (count) => `${whole(count)} ${count === 1 ? 'bar' : 'bars'}`;
export const rows = (count) => `${whole(count)} ${count === 1 ? 'row' : 'rows'}`;
export const money = (value) => amount.format(value);

/** The number of an axis: at most five digits, so 40M and 12.5K instead of 40000000.00 and 12500.00. */
export const axis = (value) => (Math.abs(value) < 1e4 ? value.toFixed(2) : digits.format(value));

/** An indicator as people write it: "sma:20" is SMA 20. */
export const indicatorName = (key) => key.replace(/^[^:]+/, (name) => name.toUpperCase()).replaceAll(':', ' ');

/** A fraction as a percentage, 0.1234 as 12.3 %. */
export const percent = (fraction) => (fraction == null ? '–' : `${(fraction * 100).toFixed(1)} %`);

/** The same with its sign, and a minus as long as the plus. */
export function change(fraction) {
  const rounded = Number((fraction * 100).toFixed(1));
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${percent(Math.abs(fraction))}`;
}

export const mood = (value) => (value > 0 ? 'gain' : value < 0 ? 'loss' : '');

/** The day of a bar, and its time where it is not midnight. */
export function moment(timestamp) {
  return timestamp.endsWith('T00:00:00Z') ? timestamp.slice(0, 10) : timestamp.slice(0, 16).replace('T', ' ');
}

export function milliseconds(value) {
  return value === 0 ? '–' : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** A duration in its largest unit. */
export function duration(seconds) {
  if (seconds < 120) {
    return `${Math.max(0, Math.round(seconds))} s`;
  }
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
