import { getJson } from './api.js';
import { byId, element, setText } from './dom.js';
import { followSystem } from './theme.js';

/** Words of the document, with code between backticks. */
function prose(text = '') {
  return text.split('`').map((part, at) => (at % 2 ? element('code', {}, part) : part));
}

function table(head, rows) {
  const line = (cells, tag) => element('tr', {}, ...cells.map((cell) => element(tag, tag === 'th' ? { scope: 'col' } : {}, ...[cell].flat())));
  return element('table', {}, element('thead', {}, line(head, 'th')), element('tbody', {}, ...rows.map((row) => line(row, 'td'))));
}

/** What values a parameter takes. */
function values({ type, enum: choices, minimum, maximum, default: initial, pattern } = {}) {
  const range = [minimum === undefined ? '' : `from ${minimum}`, maximum === undefined ? '' : `to ${maximum}`].filter(Boolean).join(' ');
  return [choices ? choices.join(', ') : [type, range].filter(Boolean).join(' '), pattern ? `pattern ${pattern}` : '',
    initial === undefined ? '' : `default ${initial}`].filter(Boolean).join('; ');
}

function operations(document) {
  const resolve = (part) => (part?.$ref ? part.$ref.slice(2).split('/').reduce((at, name) => at[name.replaceAll('~1', '/')], document) : part);
  const block = (path, method, { summary, description, parameters = [], responses = {} }) => element('details', {},
    element('summary', {}, element('code', {}, `${method.toUpperCase()} ${path}`), ' ', element('span', {}, summary ?? '')),
    element('div', { tabindex: 0, role: 'region', 'aria-label': `${method.toUpperCase()} ${path}` },
      element('p', {}, ...prose(description)),
      ...(parameters.length === 0 ? [] : [element('h3', {}, 'Parameters'), table(['Name', 'Values', 'Meaning'], parameters.map(resolve).map(
        ({ name, in: place, required, schema, description: meaning }) =>
          [element('code', {}, name), `${values(resolve(schema))}${required ? '; required' : ''} (${place})`, prose(meaning)]))]),
      element('h3', {}, 'Answers'),
      table(['Status', 'Meaning'], Object.entries(responses).map(([status, answer]) => [element('code', {}, status), prose(resolve(answer).description)]))));
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).filter(([, operation]) => operation.responses).map(([method, operation]) => block(path, method, operation)));
}

followSystem();
try {
  const document = await getJson('openapi.json');
  setText(byId('api-title'), `API of ${document.info.title}`);
  byId('api-description').replaceChildren(...prose(document.info.description));
  byId('operations').replaceChildren(...operations(document));
} catch (problem) {
  setText(byId('operations'), `${problem.title ?? 'The document cannot be shown'}. ${problem.message}`);
}
