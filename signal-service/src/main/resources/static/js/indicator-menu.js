import { choices } from './choices.js';
import { byId, element, setText } from './dom.js';
import { isUsable } from './fields.js';
import { indicatorName } from './format.js';

let catalogue = [];
let refused = {};
let changed = () => {};

/** Sets up chips, menu and text field. @param indicators as the service lists them */
export function setUpIndicators(indicators, onChange) {
  catalogue = indicators;
  changed = onChange;
  byId('indicator-names').replaceChildren(...catalogue.map((indicator) => element('option', { value: preset(indicator) })));
  byId('another').addEventListener('change', ({ target }) => addWritten(target));
  byId('indicator').replaceChildren(...catalogue.map(({ name }) => element('option', { value: name }, name.toUpperCase())));
  byId('indicator').addEventListener('change', showFields);
  byId('indicator-add').addEventListener('click', addChosen);
  byId('indicator-parameters').addEventListener('keydown', ({ key }) => key === 'Enter' && addChosen());
  byId('indicator-menu').addEventListener('keydown', ({ key }) => key === 'Escape' && closeMenu());
  showFields();
}

/** Shows a chip for each indicator: those that are chosen, and each one there is with its default numbers. */
export function showIndicators() {
  choices.indicators = [...new Set(choices.indicators.map(canonical))];
  const keys = [...new Set([...catalogue.map(preset), ...choices.indicators])];
  byId('indicators').replaceChildren(...keys.map(chip));
}

/** Marks the indicators the service refuses. @param reasons by indicator key */
export function markRefused(reasons) {
  refused = reasons;
  byId('indicators').querySelectorAll('.chip').forEach(mark);
}

/** Whether an indicator is drawn over the candles rather than in a pane of its own. */
export const isOverlay = (key) => find(key)?.overlay ?? false;

const find = (key) => catalogue.find(({ name }) => name === key.split(':')[0]);
const preset = ({ name, parameters }) => [name, ...parameters.map((parameter) => parameter.preset)].join(':');

/** Returns the key of an indicator however it is written: "SMA 20", "sma:020" and "Sma, 20" are sma:20, "macd" is macd:12:26:9. */
function canonical(text) {
  const [name, ...numbers] = text.trim().toLowerCase().split(/[\s:,]+/);
  const known = find(name);
  if (!known) {
    return text.trim();
  }
  const written = numbers.filter(Boolean).map((number) => (Number.isFinite(Number(number)) ? String(Number(number)) : number));
  return [name, ...written, ...known.parameters.slice(written.length).map((parameter) => parameter.preset)].join(':');
}

function chip(key) {
  const made = element(
    'button',
    {
      type: 'button', class: 'chip', 'aria-pressed': String(choices.indicators.includes(key)), 'data-key': key,
      'data-definition': find(key)?.definition, onclick: () => toggle(key),
    },
    element('i'),
    indicatorName(key));
  mark(made);
  return made;
}

function mark(made) {
  const reason = refused[made.dataset.key];
  reason ? made.setAttribute('aria-invalid', 'true') : made.removeAttribute('aria-invalid');
  made.title = reason ?? made.dataset.definition;
}

function toggle(key) {
  const on = choices.indicators.includes(key);
  choices.indicators = on ? choices.indicators.filter((other) => other !== key) : [...choices.indicators, key];
  showIndicators();
  document.querySelector(`.chip[data-key="${CSS.escape(key)}"]`)?.focus();
  changed();
}

function add(key) {
  choices.indicators = [...choices.indicators, key];
  showIndicators();
  changed();
}

/** Adds the indicator of the text field if there is one of that name; the service checks its numbers. */
function addWritten(field) {
  const key = canonical(field.value);
  const known = find(key);
  field.setCustomValidity(key && !known ? `One of: ${catalogue.map(({ name }) => name).join(', ')}` : '');
  field.reportValidity();
  if (known) {
    field.value = '';
    add(key);
  }
}

/** Shows the fields of the indicator that is chosen in the menu. */
function showFields() {
  const { parameters, definition } = find(byId('indicator').value);
  setText(byId('indicator-definition'), definition);
  byId('indicator-parameters').replaceChildren(...parameters.map(({ name, type, range, preset: initial, meaning }) =>
    element('label', { class: 'field', title: meaning }, `${name} `, element('input', {
      type: 'number', id: `indicator-${name}`, name, required: true, min: range.min, max: range.max,
      step: type === 'INTEGER' ? 1 : 'any', value: initial, oninput: ({ target }) => isUsable(target),
    }))));
}

function addChosen() {
  const fields = [...byId('indicator-parameters').querySelectorAll('input')];
  if (fields.every(isUsable)) {
    closeMenu();
    add(canonical([byId('indicator').value, ...fields.map(({ value }) => value)].join(':')));
  }
}

function closeMenu() {
  byId('indicator-menu').open = false;
  byId('indicator-menu').querySelector('summary').focus();
}
