import { getJson } from './api.js';
import { badge, byId, element, setText } from './dom.js';
import { duration, milliseconds, whole } from './format.js';

let serving = '';

/** Notes which endpoint gave the bars of the chart, to point it out. */
export function noteServing(endpoint) {
  serving = endpoint;
}

/** Shows what discovery knows at this moment. */
export async function loadEndpoints() {
  let view;
  try {
    view = await getJson('discovery');
  } catch (problem) {
    pulse('bad', problem.title);
    return;
  }
  const now = Date.parse(view.asOf);
  byId('services').replaceChildren(...view.services.map((service) => serviceBlock(service, now)));
  if (view.services.length === 0) {
    byId('services').replaceChildren(element('p', { class: 'state' }, 'No name has been looked up yet.'));
  }
  summarise(view.services.flatMap(({ endpoints }) => endpoints), view.services.some(({ stale }) => stale));
}

function summarise(endpoints, stale) {
  const counts = Map.groupBy(endpoints, ({ state }) => state.toLowerCase());
  setText(byId('endpoint-count'), [...counts].map(([state, group]) => `${group.length} ${state}`).join(' · '));
  const active = counts.get('active')?.length ?? 0;
  const all = endpoints.length - (counts.get('gone')?.length ?? 0);
  const mood = active === 0 ? 'bad' : active < all || stale ? 'warn' : 'good';
  pulse(mood, all === 0 ? 'No endpoint known' : `${active} of ${all} endpoints active${stale ? ', DNS answer stale' : ''}`);
}

function pulse(state, text) {
  byId('pulse').dataset.state = state;
  setText(byId('pulse-text'), text);
}

function fact(label, value) {
  return element('span', {}, `${label} `, element('b', {}, value));
}

function serviceBlock({ service, record, stale, ttlLeftSeconds, problem, endpoints }, now) {
  return element(
    'section', { class: 'service' },
    element('h3', { class: 'service-name' }, service),
    element('div', { class: 'facts' },
      fact('record', record),
      stale ? fact('stale for', duration(-ttlLeftSeconds)) : fact('TTL left', duration(ttlLeftSeconds))),
    ...(problem ? [element('p', { class: 'problem' }, problem)] : []),
    element('div', { class: 'cards' }, ...endpoints.map((endpoint) => card(endpoint, now))));
}

function card({ endpoint, state, reason, firstSeen, lastSeen, traffic }, now) {
  const ago = (moment) => duration((now - Date.parse(moment)) / 1000);
  const share = element('span');
  share.style.width = `${traffic.share * 100}%`;
  return element(
    'article', { class: 'card', 'data-state': state, 'data-endpoint': endpoint },
    element('header', {}, element('h3', {}, endpoint), badge(state)),
    element('p', { class: 'why' }, reason, ...(endpoint === serving ? [' · ', element('b', {}, 'served this chart')] : [])),
    element('div', { class: 'bar', role: 'img', 'aria-label': `${Math.round(traffic.share * 100)} % of calls` }, share),
    element('div', { class: 'facts' },
      fact('share', `${Math.round(traffic.share * 100)} %`),
      fact('calls', whole(traffic.attempts)),
      fact('failed', whole(traffic.failures)),
      fact('p50', milliseconds(traffic.p50Millis)),
      fact('p95', milliseconds(traffic.p95Millis)),
      fact('known for', ago(firstSeen)),
      fact('in DNS', `${ago(lastSeen)} ago`)));
}
