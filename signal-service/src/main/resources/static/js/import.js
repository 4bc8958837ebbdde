import { address, postJson, Problem } from './api.js';
import { choices } from './choices.js';
import { byId, element, setText, spinner } from './dom.js';
import { bars, percent, whole } from './format.js';
import { head, PREVIEW_BYTES, suggestion } from './import-file.js';
import { imported, namedParameters, previewed, readings, refused } from './import-report.js';

const TYPING_PAUSE = 300;
const NO_FILE = 'Choose a file, or drop one anywhere on the page';
/** The fields that say how the file is to be read, with the values that stock-service takes by default. */
const DEFAULTS = { timeframe: '1d', dateFormat: '', zone: '', decimal: '', onDuplicate: 'reject' };

let file = null;
/** What a preview found: the value of onError with which an import writes something; null before, or if none does. */
let accepted = null;
let previews = 0;
let checking = null;
let pause = 0;
let running = null;
let done = () => {};
let summaryOf = () => undefined;

/**
 * Sets up the dialog, its button, and dropping a file anywhere on the page.
 *
 * @param onImported takes ticker and timeframe of a finished import
 * @param lookUp returns what is known of a ticker: its summary, null if it is new, undefined if nothing is known
 */
export function setUpImport(onImported, lookUp) {
  done = onImported;
  summaryOf = lookUp;
  byId('import-open').addEventListener('click', () => openImport());
  byId('import-close').addEventListener('click', () => byId('import').close());
  byId('import').addEventListener('close', () => {
    running?.abort();
    checking?.abort();
  });
  byId('import-file').addEventListener('change', ({ target }) => target.files[0] && take(target.files[0]));
  byId('import-ticker').addEventListener('input', () => changed(TYPING_PAUSE));
  [...hints(), byId('import-token')].forEach((field) => field.addEventListener('change', () => changed()));
  byId('import-form').addEventListener('submit', (event) => {
    event.preventDefault();
    if (accepted === 'reject' && !running) {
      send('reject');
    }
  });
  followDrops();
}

/** Opens the dialog, with a file in it where there is one. */
export function openImport(dropped = null) {
  if (!running || dropped) {
    byId('import-file').value = '';
    byId('import-result').replaceChildren();
    take(dropped);
  }
  if (!byId('import').open) {
    byId('import').showModal();
  }
  byId(dropped ? 'import-ticker' : 'import-file').focus();
}

function followDrops() {
  let depth = 0;
  const carriesFile = (event) => event.dataTransfer?.types.includes('Files');
  const on = (name, job) => addEventListener(name, (event) => {
    if (carriesFile(event)) {
      event.preventDefault();
      job(event);
      byId('drop').hidden = depth === 0;
    }
  });
  on('dragenter', () => { depth += 1; });
  on('dragleave', () => { depth = Math.max(0, depth - 1); });
  on('dragover', (event) => { event.dataTransfer.dropEffect = 'copy'; });
  on('drop', (event) => {
    depth = 0;
    const [first] = event.dataTransfer.files;
    if (first) {
      openImport(first);
    }
  });
}

/** Takes a file, or none; ticker and timeframe become those that its name suggests, all other fields their defaults. */
function take(next) {
  file = next;
  setText(byId('import-name'), file ? `${file.name}, ${whole(Math.ceil(file.size / 1024))} KiB` : NO_FILE);
  const { ticker, timeframe } = suggestion(file?.name ?? '');
  byId('import-ticker').value = ticker;
  hints().forEach((field) => { field.value = field.name === 'timeframe' ? timeframe : DEFAULTS[field.name]; });
  byId('import-progress').hidden = !running;
  if (file) {
    byId('import-result').replaceChildren();
  }
  changed();
}

const hints = () => Object.keys(DEFAULTS).map((name) => byId('import-form').elements[name]);
const chosenTicker = () => byId('import-ticker').value.trim().toUpperCase();

/** Returns the parameters of the request, those with default values left out. */
function parameters() {
  const chosen = hints().map(({ name, value }) => [name, value.trim()]);
  return Object.fromEntries(chosen.filter(([name, value]) => value !== DEFAULTS[name]));
}

/** Begins a new preview: the one that is shown is of another file or of other fields. */
function changed(delay = 0) {
  accepted = null;
  byId('import-token').removeAttribute('aria-invalid');
  byId('import-send').disabled = true;
  mark(new Set());
  checking?.abort();
  clearTimeout(pause);
  const mine = ++previews;
  if (!file) {
    showPreview('');
  } else if (!chosenTicker()) {
    showPreview('', element('p', {}, 'Enter a ticker. Then you see here how the file is read, before anything is written.'));
  } else if (byId('import-ticker').checkValidity()) {
    showPreview('', spinner());
    pause = setTimeout(() => preview(mine), delay);
  } else {
    showPreview('bad', element('p', {}, 'A ticker has 1 to 32 characters: letters, digits and . _ = ^ & / -'));
  }
}

/** Sends the file, or the beginning of a large one, as a dry run. */
async function preview(mine) {
  checking = new AbortController();
  const { signal } = checking;
  const part = await head(file);
  const check = (onError) => postJson(resource(), { ...parameters(), onError, dryRun: true }, part, headers(), signal)
    .catch((problem) => problem);
  const answer = await check('reject');
  const helpful = answer instanceof Problem ? namedParameters(answer) : new Set();
  const rest = helpful.has('onError') ? await check('skip') : null;
  if (mine !== previews) {
    return;
  }
  if (answer instanceof Problem) {
    refuse(answer, helpful, rest instanceof Problem ? null : rest);
  } else {
    accept('reject', answer);
    showPreview('', ...previewed(answer, destination(), partial()));
  }
}

const resource = () => `imports/${encodeURIComponent(chosenTicker())}`;
const token = () => byId('import-token').value.trim();
const headers = () => ({ 'Content-Type': 'text/csv', ...(token() && { Authorization: `Bearer ${token()}` }) });
const partial = () => (file.size > PREVIEW_BYTES
  ? `This is a preview of the first ${whole(PREVIEW_BYTES / 1024)} KiB of the file. An import sends the whole file.` : '');

/** Allows an import if it would write something. */
function accept(onError, { inserted, updated }) {
  accepted = inserted + updated > 0 ? onError : null;
  byId('import-send').disabled = accepted !== 'reject' || running !== null;
}

/** Says where the bars go, as far as the list of tickers shows it: a wrong ticker is seen before anything is written. */
function destination() {
  const ticker = chosenTicker();
  const summary = summaryOf(ticker);
  const timeframe = byId('import-form').elements.timeframe.value;
  if (summary === undefined) {
    return `into ${ticker}`;
  }
  const sameList = timeframe === choices.timeframe;
  const kind = timeframe === DEFAULTS.timeframe ? '' : `of ${timeframe} `;
  if (summary) {
    return `${kind}into the existing ticker ${ticker}${sameList ? `, which has ${bars(summary.count)}` : ''}`;
  }
  return sameList && !kind ? `into the new ticker ${ticker}`
    : `${kind}into ${ticker}, which has no ${choices.timeframe === DEFAULTS.timeframe ? 'daily' : choices.timeframe} bars`;
}

/** Shows a refusal, the fields that may help, and what the lines without errors would do. */
function refuse(problem, helpful, rest) {
  mark(helpful);
  requireToken(problem.status);
  const choices = readings(problem).map(({ name, choice, value, meaning }) => element(
    'button', { type: 'button', onclick: () => choose(name, choice) }, `${choice}: ${value} is ${meaning}`));
  const again = problem.status === 0 || problem.status >= 500
    ? [element('button', { type: 'button', onclick: () => changed() }, 'Try again')] : [];
  if (rest) {
    accept('skip', rest);
  }
  const others = accepted === 'skip'
    ? [element('p', {}, `Without these lines: ${bars(rest.inserted + rest.updated + rest.unchanged)} ${destination()}.`),
      element('button', { type: 'button', id: 'import-others', onclick: () => running || send('skip') }, 'Import the other lines')]
    : [];
  const [title, message, ...lines] = refused(problem);
  showPreview('bad', title, message, ...choices, ...again, ...others, ...lines, element('p', {}, partial()));
}

/** Chooses one of the readings of a file. */
function choose(name, choice) {
  const field = byId('import-form').elements[name];
  if (![...field.options].some(({ value }) => value === choice)) {
    field.append(element('option', { value: choice }, choice));
  }
  field.value = choice;
  field.focus();
  changed();
}

/** Highlights the fields that a refusal names. */
function mark(names) {
  hints().forEach((field) => {
    field.closest('.field').classList.toggle('helpful', names.has(field.name));
    if (names.has(field.name)) {
      field.setAttribute('aria-describedby', 'import-preview');
    } else {
      field.removeAttribute('aria-describedby');
    }
  });
}

/** Shows the field of the token where a write is refused without one, and marks the token that is in it as wrong. */
function requireToken(status) {
  if (status === 401 || status === 403) {
    byId('import-access').hidden = false;
    byId('import-token').setAttribute('aria-invalid', String(token() !== ''));
  }
}

/** Sends the whole file. XMLHttpRequest, because fetch does not report how much of a body has been sent. */
function send(onError) {
  const sent = { ticker: chosenTicker(), timeframe: byId('import-form').elements.timeframe.value, file };
  running = new XMLHttpRequest();
  running.open('POST', address(resource(), { ...parameters(), onError }));
  Object.entries({ ...headers(), Accept: 'application/json' }).forEach(([name, value]) => running.setRequestHeader(name, value));
  running.responseType = 'json';
  running.upload.addEventListener('progress', ({ loaded, total }) => showProgress(loaded / Math.max(1, total)));
  running.addEventListener('loadend', ({ target }) => {
    running = null;
    byId('import-send').disabled = accepted !== 'reject';
    target.status === 200 ? succeed(sent, target.response) : fail(target.status, target.response);
  });
  byId('import-result').replaceChildren();
  byId('import-send').disabled = true;
  showProgress(0);
  running.send(file);
}

function showProgress(part) {
  byId('import-progress').hidden = false;
  byId('import-bar').value = part;
  setText(byId('import-percent'), part < 1 ? `${percent(part)} sent` : 'Sent, waiting for stock-service');
}

function succeed(sent, result) {
  setText(byId('import-percent'), 'Done');
  showResult('', ...imported(sent.ticker, result));
  if (sent.file === file) {
    // What the preview says is done
    accepted = null;
    byId('import-send').disabled = true;
    showPreview('');
  }
  done(sent.ticker, sent.timeframe);
}

function fail(status, body) {
  byId('import-progress').hidden = true;
  if (status === 0) {
    showResult('bad', element('h3', {}, 'Not sent'), element('p', {},
      'The connection broke, or was closed. You can send the file again: a bar that was written already is only replaced.'));
    return;
  }
  const problem = Problem.of(status, body);
  const helpful = namedParameters(problem);
  mark(helpful);
  requireToken(status);
  showResult('bad', ...refused(problem), ...(helpful.has('onError')
    ? [element('button', { type: 'button', onclick: () => running || send('skip') }, 'Import the other lines')] : []));
}

const showPreview = (kind, ...content) => show(byId('import-preview'), `preview ${kind}`, content);
const showResult = (kind, ...content) => show(byId('import-result'), `result ${kind}`, content);

function show(target, kind, content) {
  target.replaceChildren(...(content.length > 0 ? [element('div', { class: kind }, ...content)] : []));
}
