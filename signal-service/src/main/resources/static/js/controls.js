import { getJson } from './api.js';
import { choices } from './choices.js';
import { byId, element } from './dom.js';
import { expectedOf, isUsable, judge } from './fields.js';
import { setUpIndicators, showIndicators } from './indicator-menu.js';

let strategies = [];
let changed = () => {};

/** Loads both catalogues and builds the controls from them: what the service can do, the page can do. */
export async function buildControls(onChange) {
  changed = onChange;
  const [{ strategies: known }, { indicators }] = await Promise.all([getJson('strategies'), getJson('indicators')]);
  strategies = known;
  setUpIndicators(indicators, changed);
  byId('strategy').replaceChildren(
    ...strategies.map(({ name, definition }) => element('option', { value: name, title: definition }, name)));
  byId('strategy').addEventListener('change', (event) => {
    choices.strategy = event.target.value;
    choices.parameters = {};
    showControls();
    changed();
  });
  byId('controls').addEventListener('submit', (event) => event.preventDefault());
  showControls();
}

/** Shows what is chosen; a strategy that does not exist becomes the first one. */
export function showControls() {
  if (!strategies.some(({ name }) => name === choices.strategy)) {
    choices.strategy = strategies[0].name;
    choices.parameters = {};
  }
  byId('strategy').value = choices.strategy;
  const strategy = strategies.find(({ name }) => name === choices.strategy);
  byId('parameters').replaceChildren(...strategy.parameters.map(parameterField));
  showIndicators();
}

/** Marks the numbers of the strategy that the service refuses. @param errors of the refusal; none if there is none */
export function markParameters(errors) {
  byId('parameters').querySelectorAll('input').forEach((field) => judge(field, expectedOf(field.name, errors)));
}

function parameterField({ name, type, range, preset: initial, meaning }) {
  const input = element('input', {
    type: 'number',
    id: `parameter-${name}`,
    name,
    required: true,
    min: range.min,
    max: range.max,
    step: type === 'INTEGER' ? 1 : 'any',
    value: choices.parameters[name] ?? initial,
    onchange: ({ target }) => {
      if (isUsable(target)) {
        choices.parameters[name] = target.value;
        changed();
      }
    },
  });
  return element('label', { class: 'field', title: meaning }, `${name} `, input);
}

/** The lines a strategy watches, as indicators, so that one can see what it sees. */
export function watchedLines() {
  const strategy = strategies.find(({ name }) => name === choices.strategy);
  const value = (name) =>
    choices.parameters[name] ?? strategy.parameters.find((parameter) => parameter.name === name)?.preset;
  switch (choices.strategy) {
    case 'sma-cross': return [`sma:${value('fast')}`, `sma:${value('slow')}`];
    case 'ema-cross': return [`ema:${value('fast')}`, `ema:${value('slow')}`];
    case 'macd-cross': return [`macd:${value('fast')}:${value('slow')}:${value('signal')}`];
    case 'rsi-reversion': return [`rsi:${value('period')}`];
    case 'bollinger-reversion': return [`bbands:${value('period')}:${value('deviations')}`];
    default: return [];
  }
}
