/** The first bytes of a large file are enough to show how it is read. */
export const PREVIEW_BYTES = 1024 * 1024;

const TICKER = /^(?=.{1,32}$)[A-Z0-9^][A-Z0-9._=^&-]*$/;
const TIMEFRAME = /^(?:1m|5m|15m|30m|1h|4h|1d|1w|1mo)$/;
const EXTENSION = /\.(?:csv|tsv|txt)$/i;
const COPY = / ?\(\d+\)$/;
const PERIOD = /^\d{4}(?:\d\d)?(?:\d\d)?$|^\d\d$/;
const NO_TICKER = /^(?:BARS|BOOK\d*|CHART|DATA|DOWNLOAD|EXPORT|FILE|HISTORICAL|HISTORY|OHLCV?|PRICES|QUOTES|SHEET\d*|TABLE)$/;

/**
 * Returns what the name of a file says of its content: "spy-1d.csv" has the ticker SPY and the timeframe 1d. Exports of
 * this service are named "TICKER-bars.csv". A name such as "download.csv" has no ticker: an empty text.
 */
export function suggestion(name) {
  const base = name.replace(EXTENSION, '').replace(COPY, '');
  const own = /^(.+)-bars$/.exec(base);
  if (own) {
    return { ticker: valid(own[1]), timeframe: '1d' };
  }
  const parts = base.split('-');
  // A name without a dash, such as 2330.csv, is a ticker of digits and not a year
  while (base.includes('-') && PERIOD.test(parts.at(-1) ?? '')) {
    parts.pop();
  }
  const timeframe = parts.length > 1 && TIMEFRAME.test(parts.at(-1)) ? parts.pop() : '1d';
  const ticker = parts.join('-');
  return { ticker: /[\s_]/.test(ticker) ? '' : valid(ticker), timeframe };
}

function valid(text) {
  const ticker = text.toUpperCase();
  return TICKER.test(ticker) && !NO_TICKER.test(ticker) ? ticker : '';
}

/** Returns a file itself if it is small, otherwise its first whole lines. */
export async function head(file) {
  if (file.size <= PREVIEW_BYTES) {
    return file;
  }
  const bytes = new Uint8Array(await file.slice(0, PREVIEW_BYTES).arrayBuffer());
  return file.slice(0, endOfLastLine(bytes));
}

/** Returns the position after the last line end; in UTF-16 a line end has two bytes. */
function endOfLastLine(bytes) {
  const littleEndian = (bytes[0] === 0xff && bytes[1] === 0xfe) || bytes[1] === 0;
  for (const lineEnd of [0x0a, 0x0d]) {
    const at = bytes.lastIndexOf(lineEnd);
    if (at > 0) {
      return at + (littleEndian ? 2 : 1);
    }
  }
  return bytes.length;
}
