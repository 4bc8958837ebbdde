import { getJson, Problem, repeat } from './api.js';
import { askBacktest, profits, setUpRules, showBacktest, showRules, waitForBacktest } from './backtest.js';
import { draw, paint } from './chart.js';
import { choices, chosenQuery, readChoices, signalQuery, writeChoices } from './choices.js';
import { buildControls, showControls, watchedLines } from './controls.js';
import { byId, element, setText, showState, spinner } from './dom.js';
import { noteServing, watchEndpoints } from './endpoints.js';
import { paintEquity } from './equity.js';
import { duration, moment } from './format.js';
import { openImport, setUpImport } from './import.js';
import { askIndicators } from './indicators.js';
import { clear, colourLines, describe } from './reading.js';
import { followTheme } from './theme.js';
import { loadBadges, loadTickers, noteSignal, setUpTickers, show as showTickers } from './tickers.js';

const SIGNAL_EVERY = 2000;
const TICKERS_EVERY = 5000;

let ready = false;
let request = 0;
let bars = null;
let revision = -1;

const path = (resource) => `${resource}/${encodeURIComponent(choices.ticker)}`;

/**
 * Loads bars, indicators, signal and backtest of what is chosen and draws them; an answer that comes too late is dropped.
 *
 * @param fit whether to move to the newest bars
 * @param quiet whether to leave the screen as it is until there is an answer
 */
async function load(fit, quiet = !fit) {
  if (!ready || !choices.ticker) {
    return;
  }
  const mine = ++request;
  if (!quiet) {
    showState(byId('chart-state'), `Loading ${choices.ticker}`, spinner());
    waitForBacktest();
  }
  const keys = [...new Set([...watchedLines(), ...choices.indicators])];
  const [newBars, signal, columns, backtest] = await Promise.allSettled([
    getJson(path('bars')), getJson(path('signals'), signalQuery()), askIndicators(keys), askBacktest(),
  ]);
  if (mine === request) {
    newBars.status === 'fulfilled'
      ? show({ bars: newBars.value, signal, columns, backtest: backtest.value }, fit) : fail(newBars.reason, fit);
  }
}

function show({ bars: newBars, signal, columns, backtest }, fit) {
  bars = newBars;
  revision = bars.source.revision;
  refuse(signal.reason, columns.reason, ...(columns.value?.problems ?? []));
  const brought = profits(backtest, bars.timestamps);
  const content = { bars, columns: columns.value?.columns ?? {}, events: signal.value?.events ?? [], profits: brought };
  draw(content, fit);
  showState(byId('chart-state'), bars.count ? '' : 'No bars', element('p', {}, `${choices.ticker} is known but has none.`));
  if (signal.value) {
    describe(bars, signal.value, brought);
  }
  showBacktest(backtest);
  tellSource(bars.source);
}

function fail(problem, fit) {
  if (bars && !fit) {
    refuse(problem);
    return;
  }
  bars = null;
  showState(
    byId('chart-state'), problem.title, element('p', {}, problem.message),
    element('button', { type: 'button', onclick: () => load(true) }, 'Try again'));
  showBacktest(problem);
}

/** Says what the service would not do; says nothing without a problem. */
function refuse(...problems) {
  const said = [...new Set(problems.filter((each) => each instanceof Problem).map(({ message, title }) => message || title))];
  byId('refused').hidden = said.length === 0;
  setText(byId('refused'), said.join(' · '));
}

function tellSource({ endpoint, dataAsOf, stale, staleSeconds, revision: number }) {
  noteServing(stale ? '' : endpoint);
  byId('stale').hidden = !stale;
  setText(byId('stale'), stale
    ? `No replica of stock-service answers. These are the bars ${endpoint} gave ${duration(staleSeconds)} ago.` : '');
  setText(byId('source'), `Bars from ${endpoint}, revision ${number}, as of ${moment(dataAsOf)} UTC`);
}

/** Asks for the signal alone, and for the rest only when bars have changed. */
async function refresh() {
  if (!ready || !choices.ticker) {
    return;
  }
  if (!bars) {
    await load(true, true);
    return;
  }
  const mine = request;
  try {
    const signal = await getJson(path('signals'), signalQuery());
    if (mine !== request) {
      return;
    }
    tellSource(signal.source);
    noteSignal(signal.ticker, signal);
    if (signal.source.revision !== revision) {
      await load(false);
    }
  } catch (problem) {
    if (mine === request) {
      refuse(problem);
    }
  }
}

function choose(ticker, visit = true) {
  choices.ticker = ticker;
  writeChoices(visit);
  showTicker();
  load(true);
}

function showTicker() {
  document.title = `${choices.ticker} · Trading signals`;
  byId('backtest').hidden = false;
  clear(choices.ticker);
  showTickers();
}

function changed() {
  writeChoices();
  loadBadges();
  load(false);
}

async function start() {
  try {
    await buildControls(changed);
    ready = true;
    showChosen();
  } catch (problem) {
    showState(byId('chart-state'), problem.title, element('p', {}, problem.message), spinner());
    setTimeout(start, SIGNAL_EVERY);
  }
}

/** Shows what the address asks for, and corrects it where it asks for what there is not. */
function showChosen() {
  if (choices.ticker) {
    writeChoices();
    showTicker();
    load(true);
  } else {
    listTickers();
  }
}

/** Keeps the list; where no ticker is chosen it is the first, if there is one. */
async function listTickers() {
  const names = await loadTickers();
  if (choices.ticker) {
    return;
  }
  if (names instanceof Problem) {
    showState(byId('chart-state'), names.title, element('p', {}, names.message), spinner());
  } else if (names.length > 0) {
    choose(names[0], false);
  } else {
    showEmpty();
  }
}

function showEmpty() {
  showState(
    byId('chart-state'), 'Nothing to draw yet', element('p', {}, 'As soon as there are quotes, they appear here.'),
    element('button', { type: 'button', class: 'primary', onclick: () => openImport() }, 'Import a CSV file'));
}

readChoices();
followTheme(() => {
  paint();
  paintEquity();
  colourLines();
});
setUpTickers(choose);
setUpRules(() => {
  writeChoices();
  load(false);
});
setUpImport((ticker) => loadTickers().then(() => choose(ticker)));
showState(byId('chart-state'), 'Loading', spinner());
byId('backtest').hidden = !choices.ticker;
addEventListener('popstate', () => {
  // A link to a place in the page changes nothing that is chosen
  if (location.search === chosenQuery()) {
    return;
  }
  readChoices();
  showRules();
  if (ready) {
    showControls();
    loadBadges();
    showChosen();
  }
});
watchEndpoints();
await start();
repeat(listTickers, TICKERS_EVERY);
repeat(refresh, SIGNAL_EVERY);
