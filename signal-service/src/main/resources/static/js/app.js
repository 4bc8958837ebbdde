import { getJson, Problem, repeat } from './api.js';
import { requestBacktest, profits, setUpRules, showBacktest, showRules, waitForBacktest } from './backtest.js';
import { draw, paint, priceCrosshair } from './chart.js';
import { choices, chosenQuery, readChoices, seriesQuery, signalQuery, writeChoices } from './choices.js';
import { buildControls, markParameters, showControls, watchedLines } from './controls.js';
import { byId, element, setText, showState, spinner } from './dom.js';
import { noteServing, watchEndpoints } from './endpoints.js';
import { equityCrosshair, paintEquity } from './equity.js';
import { setUpExports, showExports } from './export.js';
import { duration, moment } from './format.js';
import { openImport, setUpImport } from './import.js';
import { requestIndicators } from './indicators.js';
import { linkCrosshairs } from './link.js';
import { setUpRanges, showRange } from './range.js';
import { clear, colourLines, describe } from './reading.js';
import { setUpSeries, showSeries } from './series.js';
import { followTheme } from './theme.js';
import { loadBadges, loadTickers, noteSignal, setUpTickers, show as showTickers, summaryOf } from './tickers.js';

const SIGNAL_EVERY = 2000;
const TICKERS_EVERY = 5000;
const MIXED = -1;

let ready = false;

/** How many loads began, and which was the newest to end: while they differ one is under way. */
let begun = 0;
let ended = 0;

/**
 * What the chart shows of the chosen ticker: the revision that all of it is of, or MIXED where some of it is of another or
 * may still come; and the problems with the rest. Null while it shows nothing.
 */
let drawn = null;

/** The newest signal and backtest of the shown ticker that were not refused: they stay while a number is wrong. */
let good = {};

const path = (resource) => `${resource}/${encodeURIComponent(choices.ticker)}`;
const orProblem = (answer) => answer.catch((problem) => problem);

/**
 * Loads bars, signal, indicators and backtest of what is chosen and draws them; answers that come too late are dropped.
 * Until there are some the screen stays as it is.
 */
async function load() {
  if (!ready || !choices.ticker) {
    return;
  }
  showExports();
  const mine = ++begun;
  const keys = [...new Set([...watchedLines(), ...choices.indicators])];
  const [bars, ...rest] = await Promise.all([
    getJson(path('bars'), seriesQuery()), getJson(path('signals'), signalQuery()), requestIndicators(keys), requestBacktest(),
  ].map(orProblem));
  if (mine === begun) {
    ended = mine;
    bars instanceof Problem ? fail(bars) : show(bars, ...rest);
  }
}

function show(bars, signal, lines, backtest) {
  const first = drawn === null;
  const problems = [signal, lines, ...(lines.problems ?? [])].filter((each) => each instanceof Problem);
  drawn = { revision: revisionOf(bars, signal, lines, backtest), problems };
  markParameters(signal.errors);
  const isOld = signal.refused === true && good.signal !== undefined;
  const had = good.backtest !== undefined;
  good = { signal: kept(signal, good.signal), backtest: kept(backtest, good.backtest) };
  refuse(...drawn.problems);
  const brought = good.backtest ? profits(good.backtest, bars.timestamps) : {};
  draw({ bars, columns: lines.columns ?? {}, events: good.signal?.events ?? [], profits: brought });
  showRange(bars.timestamps, first);
  showState(byId('chart-state'), bars.count ? '' : 'No bars', element('p', {}, `${choices.ticker} is known but has none.`));
  describe(bars, good.signal ?? null, brought, isOld);
  showBacktest(backtest, had);
  showSource(bars.source);
}

/** Returns an answer, or the one before if this one was refused; nothing if it failed for another reason. */
function kept(answer, before) {
  return answer.refused ? before : answer instanceof Problem ? undefined : answer;
}

function revisionOf({ source: { revision } }, ...others) {
  const fits = (other) => (other instanceof Problem ? other.refused : (other.source?.revision ?? revision) === revision);
  return others.every(fits) ? revision : MIXED;
}

function fail(problem) {
  if (drawn) {
    drawn.revision = MIXED;
    refuse(problem);
    return;
  }
  showState(
    byId('chart-state'), problem.title, element('p', {}, problem.message),
    element('button', { type: 'button', onclick: showTicker }, 'Try again'));
  showBacktest(problem);
}

/** Shows why a request failed; shows nothing without a problem. */
function refuse(...problems) {
  const said = [...new Set(problems.map(({ message, title, status }) => (status === 0 ? `${title}. ${message}` : message || title)))];
  if (good.signal && problems.some(({ refused, errors }) => refused && errors.every(({ indicator }) => !indicator))) {
    said.push('The grey signals are those of the numbers before.');
  }
  byId('refused').hidden = said.length === 0;
  setText(byId('refused'), said.join(' · '));
}

function showSource({ endpoint, dataAsOf, stale, staleSeconds, revision: number }) {
  noteServing(stale ? '' : endpoint);
  byId('stale').hidden = !stale;
  setText(byId('stale'), stale
    ? `No replica of stock-service answers. These are the bars ${endpoint} gave ${duration(staleSeconds)} ago.` : '');
  setText(byId('source'), `Bars from ${endpoint}, revision ${number}, as of ${moment(dataAsOf)} UTC`);
}

/** Requests the signal, and the rest only if bars have changed or a request failed. */
async function refresh() {
  if (!ready || !choices.ticker || begun !== ended) {
    return;
  }
  if (!drawn) {
    await load();
    return;
  }
  const mine = begun;
  const signal = await orProblem(getJson(path('signals'), signalQuery()));
  if (mine !== begun) {
    return;
  }
  if (signal instanceof Problem) {
    refuse(signal, ...drawn.problems);
    return;
  }
  showSource(signal.source);
  noteSignal(signal.ticker, signal);
  if (signal.source.revision === drawn.revision) {
    refuse(...drawn.problems);
  } else {
    await load();
  }
}

function choose(ticker, visit = true) {
  choices.ticker = ticker;
  localStorage.setItem('ticker', ticker);
  writeChoices(visit);
  showTicker();
}

/** Shows the chosen ticker from nothing. */
function showTicker() {
  document.title = `${choices.ticker} · Trading signals`;
  drawn = null;
  good = {};
  clear(choices.ticker);
  refuse();
  byId('stale').hidden = true;
  setText(byId('source'), '');
  showTickers();
  showSeries();
  showState(byId('chart-state'), `Loading ${choices.ticker}`, spinner());
  byId('backtest').hidden = false;
  waitForBacktest();
  load();
}

function changed() {
  writeChoices();
  loadBadges();
  load();
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

/** Shows what the address chooses, and corrects the address if it chooses something that does not exist. */
function showChosen() {
  if (choices.ticker) {
    writeChoices();
    showTicker();
  }
}

/** Keeps the list up to date. If no ticker is chosen, it chooses the one that was viewed last, or the first. */
async function listTickers() {
  const names = await loadTickers();
  showSeries();
  if (choices.ticker) {
    return;
  }
  if (names instanceof Problem) {
    showState(byId('chart-state'), names.title, element('p', {}, names.message), spinner());
  } else if (names.length > 0) {
    const last = localStorage.getItem('ticker');
    choose(names.includes(last) ? last : names[0], false);
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
// On a phone the chart comes before the controls, which open on request
const phone = matchMedia('(max-width: 720px)');
const showSettings = () => { byId('settings').open = !phone.matches; };
phone.addEventListener('change', showSettings);
showSettings();
followTheme(() => {
  paint();
  paintEquity();
  colourLines();
});
setUpTickers(choose);
setUpRanges(writeChoices);
setUpExports();
setUpSeries(() => {
  writeChoices(true);
  listTickers();
  loadBadges();
  showTicker();
});
linkCrosshairs(priceCrosshair, equityCrosshair);
setUpRules(() => {
  writeChoices();
  load();
});
setUpImport((ticker, timeframe) => {
  choices.timeframe = timeframe;
  loadTickers().then(() => choose(ticker));
}, summaryOf);
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
    listTickers();
  }
});
watchEndpoints();
await start();
repeat(listTickers, TICKERS_EVERY);
repeat(refresh, SIGNAL_EVERY);
