import { getJson } from './api.js';
import { choices } from './choices.js';
import { byId, element } from './dom.js';
import { expectedOf, isUsable, judge } from './fields.js';

let strategies = [];
let indicators = [];
let refused = {};
let changed = () => {};

/** Loads both catalogues and builds the controls from them: what the service can do, the page can do. */
export async function buildControls(onChange) {
  changed = onChange;
  [{ strategies }, { indicators }] = await Promise.all([getJson('strategies'), getJson('indicators')]);
  byId('strategy').replaceChildren(
    ...strategies.map(({ name, definition }) => element('option', { value: name, title: definition }, name)));
  byId('indicator-names').replaceChildren(...indicators.map((indicator) => element('option', { value: preset(indicator) })));
  byId('strategy').addEventListener('change', (event) => {
    choices.strategy = event.target.value;
    choices.parameters = {};
    showControls();
    changed();
  });
  byId('controls').addEventListener('submit', (event) => event.preventDefault());
  byId('another').addEventListener('change', (event) => {
    addIndicator(event.target.value.trim());
  });
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
  const keys = [...new Set([...indicators.map(preset), ...choices.indicators])];
  byId('indicators').replaceChildren(...keys.map(chip));
}

/** Marks the numbers of the strategy that the service refuses. @param errors of the refusal; none if there is none */
export function markParameters(errors) {
  byId('parameters').querySelectorAll('input').forEach((field) => judge(field, expectedOf(field.name, errors)));
}

/** Marks the indicators the service refuses. @param reasons by indicator key */
export function markRefused(reasons) {
  refused = reasons;
  document.querySelectorAll('.chip').forEach(mark);
}

function mark(made) {
  const reason = refused[made.dataset.key];
  reason ? made.setAttribute('aria-invalid', 'true') : made.removeAttribute('aria-invalid');
  made.title = reason ?? made.dataset.definition;
}

const preset = ({ name, parameters }) => [name, ...parameters.map((parameter) => parameter.preset)].join(':');

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

function chip(key) {
  const on = choices.indicators.includes(key);
  const definition = indicators.find(({ name }) => name === key.split(':')[0])?.definition;
  const label = key.split(':').map((part, at) => (at === 0 ? part.toUpperCase() : part)).join(' ');
  const made = element(
    'button',
    {
      type: 'button', class: 'chip', 'aria-pressed': String(on), 'data-key': key, 'data-definition': definition,
      onclick: () => toggle(key),
    },
    element('i'),
    label);
  mark(made);
  return made;
}

function toggle(key) {
  const on = choices.indicators.includes(key);
  choices.indicators = on ? choices.indicators.filter((other) => other !== key) : [...choices.indicators, key];
  showControls();
  document.querySelector(`.chip[data-key="${CSS.escape(key)}"]`)?.focus();
  changed();
}

/** Takes an indicator only if the catalogue has one of that name; its numbers are for the service to judge. */
function addIndicator(key) {
  const field = byId('another');
  const known = indicators.some(({ name }) => name === key.split(':')[0]);
  field.setCustomValidity(key && !known ? `One of: ${indicators.map(({ name }) => name).join(', ')}` : '');
  field.reportValidity();
  if (known) {
    field.value = '';
    choices.indicators = [...new Set([...choices.indicators, key])];
    showControls();
    changed();
  }
}

/** Where an indicator is drawn. */
export const isOverlay = (key) => indicators.find(({ name }) => name === key.split(':')[0])?.overlay ?? false;

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
