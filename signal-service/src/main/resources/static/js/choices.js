/** What is chosen, kept in the URL so that it survives a reload and can be sent to someone. */
export const choices = { ticker: '', strategy: 'sma-cross', parameters: {}, indicators: [] };

const PREFIX = 'p.';

export function readChoices() {
  const query = new URLSearchParams(location.search);
  choices.ticker = query.get('ticker') ?? '';
  choices.strategy = query.get('strategy') ?? 'sma-cross';
  choices.parameters = Object.fromEntries(
    [...query].filter(([name]) => name.startsWith(PREFIX)).map(([name, value]) => [name.slice(PREFIX.length), value]));
  choices.indicators = (query.get('i') ?? 'rsi:14').split(',').filter(Boolean);
}

/** @param visit whether the back button should lead here */
export function writeChoices(visit = false) {
  const query = new URLSearchParams({ ticker: choices.ticker, strategy: choices.strategy });
  for (const [name, value] of Object.entries(choices.parameters)) {
    query.set(PREFIX + name, value);
  }
  query.set('i', choices.indicators.join(','));
  // Colons and commas are allowed in a query and easier to read as they are
  const url = `?${query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')}`;
  if (url !== location.search) {
    history[visit ? 'pushState' : 'replaceState'](null, '', url);
  }
}

export const signalQuery = () => ({ strategy: choices.strategy, ...choices.parameters });
