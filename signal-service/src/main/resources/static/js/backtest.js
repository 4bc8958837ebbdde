import { getJson, Problem } from './api.js';
import { priceDecimals } from './chart.js';
import { backtestQuery, choices, USUAL_RULES } from './choices.js';
import { byId, element, setContent, setText, showState, spinner } from './dom.js';
import { drawEquity } from './equity.js';
import { expectedOf, isUsable, judge } from './fields.js';
import { bars, change, moment, money, mood, percent, price, shares, whole } from './format.js';
import { visit } from './reading.js';

const MAX_ROWS = 300;

/** Sets up the fields of the rules. @param changed is called after a change that is within the limits of its field */
export function setUpRules(changed) {
  const take = (name, read) => byId(name).addEventListener('change', ({ target }) => {
    byId('to').min = byId('from').value;
    if (isUsable(target)) {
      choices.rules[name] = read(target.value);
      changed();
    }
  });
  take('cash', String);
  take('from', String);
  take('to', String);
  take('side', String);
  take('commission', (value) => String(Number((value / 100).toPrecision(12))));
  byId('rules').addEventListener('submit', (event) => event.preventDefault());
  showRules();
}

export function showRules() {
  const { cash, commission, side, from, to } = choices.rules;
  byId('from').value = from;
  byId('to').value = to;
  byId('to').min = byId('from').value;
  byId('cash').value = cash;
  byId('commission').value = Number((commission * 100).toPrecision(12));
  byId('side').value = ['long', 'both'].includes(side) ? side : USUAL_RULES.side;
}

/** The backtest of what is chosen. */
export const requestBacktest = () => getJson(`backtests/${encodeURIComponent(choices.ticker)}`, backtestQuery());

export function waitForBacktest() {
  clear();
  byId('backtest').dataset.old = 'false';
  showState(byId('backtest-state'), 'Trading the past', spinner());
}

/**
 * Shows a backtest, or why there is none. If the numbers are refused, the backtest that is shown stays, in grey.
 *
 * @param isThere whether there is one of the same ticker
 */
export function showBacktest(result, isThere = false) {
  const isOld = result.refused === true && isThere;
  byId('backtest').dataset.old = String(isOld);
  ['cash', 'commission', 'from', 'to'].forEach((name) => judge(byId(name), expectedOf(name, result.errors)));
  if (isOld) {
    byId('backtest-note').hidden = false;
    setText(byId('backtest-note'), `Shown is the backtest of the numbers before. ${result.message}`);
    return;
  }
  if (result instanceof Problem) {
    clear();
    showState(byId('backtest-state'), result.title, element('p', {}, result.message));
    return;
  }
  if (result.equity.timestamps.length === 0) {
    clear();
    showState(byId('backtest-state'), 'No bars in this period');
    return;
  }
  showState(byId('backtest-state'), '');
  ['equity', 'equity-legend', 'tiles', 'trades'].forEach((id) => { byId(id).hidden = false; });
  byId('tiles').replaceChildren(...tiles(result));
  note(result);
  drawEquity(result.equity);
  listTrades(result.trades);
  const { summary } = result;
  byId('equity').setAttribute('aria-label', `Equity over ${summary.bars} bars: ended at ${money(summary.finalEquity)}, `
    + `a return of ${change(summary.return)}; bought and held ${change(summary.buyAndHold.return)}`);
}

function clear() {
  ['equity', 'equity-legend', 'tiles', 'backtest-note', 'trades'].forEach((id) => { byId(id).hidden = true; });
}

function tiles({ summary }) {
  const { buyAndHold, maxDrawdown, trades, wins, winRate } = summary;
  return [
    tile('Return', change(summary.return), money(summary.finalEquity), mood(summary.return)),
    tile('Buy and hold', change(buyAndHold.return), money(buyAndHold.finalEquity), mood(buyAndHold.return)),
    tile('Max drawdown', percent(maxDrawdown.fraction), maxDrawdown.trough ? `low ${moment(maxDrawdown.trough)}` : 'never below its peak'),
    tile('Trades', whole(trades), trades === 0 ? 'none closed' : `${whole(wins)} won, ${percent(winRate)}`),
    tile('In the market', percent(summary.exposure), `of ${bars(summary.bars)}`),
  ];
}

function tile(label, value, remark, kind = '') {
  return element('div', {}, element('dt', {}, label), element('dd', { class: kind }, value, element('small', {}, remark)));
}

/** The closed trades, the newest first; a file has all of them. */
function listTrades(trades) {
  setText(byId('trade-count'), trades.length > MAX_ROWS ? `the newest ${whole(MAX_ROWS)} of ${whole(trades.length)}` : whole(trades.length));
  const rows = trades.slice(-MAX_ROWS).reverse().map((trade) => element('tr', {},
    element('td', {}, element('span', { class: 'badge', 'data-kind': trade.side }, trade.side.toLowerCase())),
    element('td', { class: 'number' }, shares(trade.shares)),
    element('td', {}, bar(trade.entryTime)),
    element('td', { class: 'number' }, price(trade.entryPrice, priceDecimals())),
    element('td', {}, bar(trade.exitTime)),
    element('td', { class: 'number' }, price(trade.exitPrice, priceDecimals())),
    element('td', { class: `number ${mood(trade.profit)}` }, money(trade.profit)),
    element('td', { class: `number ${mood(trade.return)}` }, change(trade.return)),
    element('td', {}, trade.exitReason)));
  setContent(byId('trade-rows'), ...(rows.length > 0 ? rows : [element('tr', {}, element('td', { colspan: 9 }, 'None closed.'))]));
}

function bar(timestamp) {
  return element('button', { type: 'button', title: 'Show in the chart', onclick: () => visit(timestamp) }, moment(timestamp));
}

/** What is still open: fewer bars than the strategy needs, a position, an order for the next open. */
function note({ position, pending, warmup, warnings = [] }) {
  const said = [...warnings];
  if (!warmup.ready) {
    said.push(`The strategy needs ${warmup.required} bars and there are ${warmup.bars}.`);
  }
  if (position) {
    said.push(`Still open: ${position.side.toLowerCase()} ${shares(position.shares)} shares since ${moment(position.entryTime)}, ${change(position.return)}.`);
  }
  if (pending) {
    said.push(`The ${pending.action} of the last bar would be filled at the next open.`);
  }
  byId('backtest-note').hidden = said.length === 0;
  setText(byId('backtest-note'), said.join(' '));
}

/**
 * What each signal brought: by its timestamp, the return of the trade it closed. A signal is filled at the open of the
 * next bar, so a trade's exit is one bar behind the signal that caused it.
 */
export function profits(result, timestamps) {
  if (result instanceof Problem) {
    return {};
  }
  const before = new Map(timestamps.map((timestamp, at) => [timestamp, timestamps[at - 1]]));
  return Object.fromEntries(result.trades.map((trade) => [before.get(trade.exitTime), trade.return]));
}
