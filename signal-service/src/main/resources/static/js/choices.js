/** What is chosen. The URL holds it, so that a reload keeps it and a link repeats it. */
export const choices = {
  ticker: '', timeframe: '1d', adjustment: 'split', strategy: 'sma-cross', parameters: {}, indicators: [], rules: {}, range: '',
};

/** The timeframes of stock-service, and how bars can be adjusted; the service takes 1d and split by default. */
export const TIMEFRAMES = ['1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w', '1mo'];
export const ADJUSTMENTS = ['split', 'all', 'raw'];

/** The periods before the newest bar that the chart can show; without one it shows the newest bars. */
export const RANGES = ['1m', '3m', '6m', 'ytd', '1y', 'all'];

const PARAMETER = 'p.';
const RULE = 'b.';

/** Commission is a part of the value here and a percentage on the page. */
export const USUAL_RULES = { cash: '10000', commission: '0', side: 'long', from: '', to: '' };

export function readChoices() {
  const query = new URLSearchParams(location.search);
  const under = (prefix) => Object.fromEntries(
    [...query].filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]));
  choices.ticker = (query.get('ticker') ?? '').trim().toUpperCase();
  choices.timeframe = TIMEFRAMES.find((value) => value === query.get('timeframe')) ?? '1d';
  choices.adjustment = ADJUSTMENTS.find((value) => value === query.get('adjustment')) ?? 'split';
  choices.strategy = query.get('strategy') ?? 'sma-cross';
  choices.parameters = under(PARAMETER);
  choices.rules = { ...USUAL_RULES, ...under(RULE) };
  choices.range = RANGES.find((range) => range === query.get('range')?.toLowerCase()) ?? '';
  choices.indicators = (query.get('i') ?? 'rsi:14').split(',').filter(Boolean);
}

/** The query of the address that means what is chosen. */
export function chosenQuery() {
  const query = new URLSearchParams({ ticker: choices.ticker, ...seriesQuery(), strategy: choices.strategy });
  for (const [name, value] of Object.entries(choices.parameters)) {
    query.set(PARAMETER + name, value);
  }
  for (const [name, value] of Object.entries(choices.rules)) {
    if (value !== USUAL_RULES[name]) {
      query.set(RULE + name, value);
    }
  }
  if (choices.range) {
    query.set('range', choices.range);
  }
  query.set('i', choices.indicators.join(','));
  // Colons and commas are allowed in a query and easier to read as they are
  return `?${query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')}`;
}

/** @param visit whether the back button should lead here */
export function writeChoices(visit = false) {
  if (chosenQuery() !== location.search) {
    history[visit ? 'pushState' : 'replaceState'](null, '', chosenQuery());
  }
}

/** The timeframe, if it is not that of the service's default. */
export const timeframeQuery = () => (choices.timeframe === '1d' ? {} : { timeframe: choices.timeframe });

/** Which bars, as far as they are not those of the service's defaults. */
export const seriesQuery = () =>
  ({ ...timeframeQuery(), ...(choices.adjustment === 'split' ? {} : { adjustment: choices.adjustment }) });

export const signalQuery = () => ({ ...seriesQuery(), strategy: choices.strategy, ...choices.parameters });
export const backtestQuery = () =>
  Object.fromEntries(Object.entries({ ...signalQuery(), ...choices.rules }).filter(([, value]) => value !== ''));
