import { get } from './api.js';

/**
 * Requests the signals of tickers and passes on each row as soon as it arrives.
 *
 * @param tickers their names, or "*" for all
 * @param query strategy and parameters
 * @param take takes a row of the screen
 * @param signal ends it early
 */
export async function screen(tickers, query, take, signal) {
  const response = await get('signals', { tickers, ...query, format: 'ndjson' }, 'application/x-ndjson', signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? '')).split('\n');
    rest = done ? '' : lines.pop();
    lines.filter(Boolean).forEach((line) => take(JSON.parse(line)));
    if (done) {
      return;
    }
  }
}
