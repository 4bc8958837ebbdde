const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const parts = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });
const digits = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 5 });
const amount = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const DECIMALS = [2, 3, 4, 5, 6, 7, 8];
/** stock-service stores so many decimals. */
const STORED = 1e-9;

/**
 * How many decimals prices have, 2 to 8. Some tools write 32-bit floats: 187.729995728 is 187.73. Prices with more decimals,
 * as after a split of 3 for 1, are shown with 2, and with 8 if they are below 1.
 */
export function decimalsOf(values) {
  const has = (value, decimals) => {
    const rounded = Number(value.toFixed(decimals));
    return rounded === value || Math.abs(Math.fround(rounded) - value) < STORED;
  };
  return DECIMALS.find((decimals) => values.every((value) => has(value, decimals)))
    ?? (values.every((value) => Math.abs(value) < 1) ? DECIMALS.at(-1) : DECIMALS[0]);
}

/** A price with the decimals of its market: by default as many as it has, and at least two. */
export const price = (value, decimals) => (value == null ? '–' : value.toFixed(decimals ?? decimalsOf([value])));

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
