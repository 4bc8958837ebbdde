import { address } from './api.js';
import { byId, element, setText } from './dom.js';
import { percent, whole } from './format.js';

const TICKER = /^(?=.{1,32}$)[A-Z0-9^][A-Z0-9._=^&-]*(\/[A-Z0-9][A-Z0-9._=^&-]*)*$/;

let file = null;
let running = null;
let imported = () => {};

/** Sets up the dialog, its button, and dropping a file anywhere on the page. */
export function setUpImport(onImported) {
  imported = onImported;
  byId('import-open').addEventListener('click', () => openImport());
  byId('import-close').addEventListener('click', () => byId('import').close());
  byId('import').addEventListener('close', () => running?.abort());
  byId('import-file').addEventListener('change', ({ target }) => target.files[0] && take(target.files[0]));
  byId('import-form').addEventListener('submit', (event) => {
    event.preventDefault();
    send('reject');
  });
  takeDrops();
}

/** Opens the dialog, with a file in it where there is one. */
export function openImport(dropped = null) {
  if (!running) {
    byId('import-file').value = '';
    byId('import-ticker').value = '';
    tell();
    take(dropped);
  }
  if (!byId('import').open) {
    byId('import').showModal();
  }
  byId(dropped ? 'import-ticker' : 'import-file').focus();
}

function takeDrops() {
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

/** Takes a file and guesses its ticker from its name: "spy-1d.csv" is SPY. */
function take(next) {
  file = next;
  setText(byId('import-name'), file
    ? `${file.name}, ${whole(Math.ceil(file.size / 1024))} KiB` : 'Choose a file, or drop one anywhere on the page');
  const guess = file?.name.replace(/\.[a-z]+$/i, '').split(/[\s-]/)[0].toUpperCase() ?? '';
  if (TICKER.test(guess)) {
    byId('import-ticker').value = guess;
  }
  byId('import-progress').hidden = !running;
  byId('import-send').disabled = !file || running !== null;
  tell();
}

/** Sends the file. XMLHttpRequest, because fetch does not say how much of a body has been sent. */
function send(onError) {
  const ticker = byId('import-ticker').value.trim().toUpperCase();
  running = new XMLHttpRequest();
  running.open('POST', address(`imports/${encodeURIComponent(ticker)}`, { onError }));
  running.setRequestHeader('Content-Type', 'text/csv');
  running.setRequestHeader('Accept', 'application/json');
  running.responseType = 'json';
  running.upload.addEventListener('progress', ({ loaded, total }) => showProgress(loaded / Math.max(1, total)));
  running.addEventListener('loadend', ({ target }) => {
    running = null;
    byId('import-send').disabled = false;
    target.status === 200 ? succeed(ticker, target.response) : fail(target.status, target.response);
  });
  tell();
  byId('import-send').disabled = true;
  showProgress(0);
  running.send(file);
}

function showProgress(sent) {
  byId('import-progress').hidden = false;
  byId('import-bar').value = sent;
  setText(byId('import-percent'), sent < 1 ? `${percent(sent)} sent` : 'Sent, waiting for stock-service');
}

function succeed(ticker, { received, inserted, updated, unchanged, rejected, dropped = 0, errors, droppedRows = [] }) {
  setText(byId('import-percent'), 'Done');
  const parts = [[inserted, 'new'], [updated, 'changed'], [unchanged, 'as they were'], [rejected, 'rejected'],
    [dropped, 'without prices']];
  tell('', `${ticker}: ${whole(received)} ${received === 1 ? 'bar' : 'bars'} read`,
    element('p', {}, parts.filter(([count]) => count > 0).map(([count, what]) => `${whole(count)} ${what}`).join(' · ')),
    ...faults([...errors, ...droppedRows]));
  imported(ticker);
}

function fail(status, problem) {
  byId('import-progress').hidden = true;
  if (status === 0) {
    tell('bad', 'Not sent', element('p', {}, 'The connection broke, or was ended. Bars are replaced by their date: it is safe to send the file again.'));
    return;
  }
  const errors = problem?.errors ?? [];
  const more = errors.some(({ line }) => line)
    ? [element('button', { type: 'button', onclick: () => send('skip') }, 'Import the other lines')] : [];
  tell('bad', problem?.title ?? `Status ${status}`, element('p', {}, problem?.detail ?? ''), ...faults(errors), ...more);
}

/** Which lines are wrong, and how. */
function faults(errors = []) {
  if (errors.length === 0) {
    return [];
  }
  const rows = errors.map(({ line, code, message }) => element('tr', {},
    element('td', { class: 'number' }, line == null ? '' : whole(line)), element('td', {}, message ?? code)));
  return [element('div', { class: 'faults', tabindex: 0, role: 'region', 'aria-label': 'Lines with errors' }, element('table', {},
    element('thead', {}, element('tr', {}, ...['Line', 'What is wrong'].map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows)))];
}

/** Says how it went; without a title, nothing. */
function tell(kind, title, ...content) {
  byId('import-result').replaceChildren(
    ...(title ? [element('div', { class: `result ${kind}` }, element('h3', {}, title), ...content)] : []));
}
