import { ADJUSTMENTS, choices, TIMEFRAMES } from './choices.js';
import { byId, element } from './dom.js';
import { summaryOf } from './tickers.js';

const MEANINGS = { split: 'adjusted for splits', all: 'adjusted for splits and dividends', raw: 'as traded' };

/** Sets up the choice of timeframe and adjustment. @param changed is called after another one was chosen */
export function setUpSeries(changed) {
  byId('adjustment').replaceChildren(...ADJUSTMENTS.map((value) => element('option', { value }, MEANINGS[value])));
  for (const name of ['timeframe', 'adjustment']) {
    byId(name).addEventListener('change', ({ target }) => {
      choices[name] = target.value;
      changed();
    });
  }
  showSeries();
}

/** Shows what is chosen, and offers the timeframes that the ticker has; all of them while that is not known. */
export function showSeries() {
  const known = summaryOf(choices.ticker)?.timeframes ?? TIMEFRAMES;
  const offered = TIMEFRAMES.filter((value) => known.includes(value) || value === choices.timeframe);
  const shown = [...byId('timeframe').options].map(({ value }) => value);
  if (offered.join() !== shown.join()) {
    byId('timeframe').replaceChildren(...offered.map((value) => element('option', { value }, value)));
  }
  byId('timeframe').value = choices.timeframe;
  byId('adjustment').value = choices.adjustment;
}
