import { badge, byId, element, reconcile, setText, svg } from './dom.js';
import { duration, milliseconds, whole } from './format.js';
import { follow } from './live.js';

const LIVE = { live: 'live', polling: 'every 2 s', lost: 'stream lost' };
const RADIUS = 14;
const ROUND = 2 * Math.PI * RADIUS;

let serving = '';
let view = null;
const maxTtl = {};

/** Shows every endpoint, as it changes. */
export function watchEndpoints() {
  follow(
    (next) => {
      view = next;
      show();
    },
    (state) => {
      byId('live').dataset.state = state;
      byId('endpoints').dataset.lost = String(state === 'lost');
      setText(byId('live'), LIVE[state]);
      if (state === 'lost') {
        pulse('bad', 'Live view lost, connecting again');
      }
    });
}

/** Notes which endpoint gave the bars of the chart, to point it out. */
export function noteServing(endpoint) {
  if (serving !== endpoint) {
    serving = endpoint;
    show();
  }
}

function show() {
  if (!view) {
    return;
  }
  const now = Date.parse(view.asOf);
  reconcile(byId('services'), view.services, ({ service }) => service, serviceBlock,
    (block, service) => fillService(block, service, now));
  if (view.services.length > 0) {
    summarise(view.services.flatMap(({ endpoints }) => endpoints), view.services.some(({ stale }) => stale));
  } else {
    // Bars come, and no name was looked up for them: signal-service has the address from its settings
    byId('services').replaceChildren(element('p', { class: 'state' }, serving
      ? `stock-service has a fixed address and is not discovered through DNS, so it has no cards here. ${serving} served this chart.`
      : 'No name has been looked up yet.'));
    pulse(serving ? 'fixed' : 'bad', serving ? 'Fixed address, not discovered' : 'No endpoint known');
  }
}

function summarise(endpoints, stale) {
  const active = endpoints.filter(({ state }) => state === 'ACTIVE').length;
  const all = endpoints.filter(({ state }) => state !== 'REMOVED').length;
  const mood = active === 0 ? 'bad' : active < all || stale ? 'warn' : 'good';
  pulse(mood, all === 0 ? 'No endpoint known' : `${active} of ${all} endpoints active${stale ? ', DNS answer stale' : ''}`);
}

function pulse(state, text) {
  byId('pulse').dataset.state = state;
  setText(byId('pulse-text'), text);
}

function serviceBlock() {
  return element(
    'section', { class: 'service' },
    element('div', { class: 'service-head' },
      element('h3', { class: 'service-name' }),
      element('div', { class: 'facts' }),
      svg('svg', { class: 'ring', viewBox: '0 0 34 34', 'aria-hidden': 'true' },
        svg('circle', { cx: 17, cy: 17, r: RADIUS }),
        svg('circle', { class: 'left', cx: 17, cy: 17, r: RADIUS, 'stroke-dasharray': ROUND }),
        svg('text', { x: 17, y: 17 }))),
    element('p', { class: 'problem' }),
    element('div', { class: 'cards' }));
}

function fillService(block, { service, record, stale, ttlLeftSeconds, problem, endpoints }, now) {
  const part = (selector) => block.querySelector(selector);
  const ttl = Math.max(0, Math.round(ttlLeftSeconds));
  maxTtl[service] = Math.max(maxTtl[service] ?? 1, ttlLeftSeconds);
  block.dataset.stale = String(stale);
  setText(part('.service-name'), service);
  setText(part('.facts'), `${record} record · ${stale ? `stale for ${duration(-ttlLeftSeconds)}` : `TTL left ${duration(ttl)}`}`);
  setText(part('.ring text'), String(Math.min(ttl, 999)));
  part('.ring .left').setAttribute('stroke-dashoffset', (ROUND * (1 - Math.max(0, ttlLeftSeconds) / maxTtl[service])).toFixed(2));
  setText(part('.problem'), problem ?? '');
  part('.problem').hidden = !problem;
  reconcile(part('.cards'), endpoints, ({ endpoint }) => endpoint, card, (target, endpoint) => fillCard(target, endpoint, now));
}

const NUMBERS = {
  calls: ({ attempts }) => whole(attempts),
  failed: ({ failures }) => whole(failures),
  p50: ({ p50Millis }) => milliseconds(p50Millis),
  p95: ({ p95Millis }) => milliseconds(p95Millis),
};

function card({ endpoint }) {
  return element(
    'article', { class: 'card', 'data-endpoint': endpoint },
    element('header', {}, element('h3', {}, endpoint), badge('')),
    element('p', { class: 'why' }),
    element('div', { class: 'share' },
      element('span', { class: 'bar', 'aria-hidden': 'true' }, element('span')), element('span', { class: 'percent' })),
    element('dl', { class: 'numbers' }, ...Object.keys(NUMBERS).map((name) =>
      element('div', {}, element('dt', {}, name), element('dd')))),
    element('p', { class: 'facts' }));
}

function fillCard(target, { endpoint, state, reason, firstSeen, lastSeen, traffic }, now) {
  const part = (selector) => target.querySelector(selector);
  const ago = (moment) => duration((now - Date.parse(moment)) / 1000);
  const percent = `${Math.round(traffic.share * 100)} %`;
  target.dataset.state = state;
  target.dataset.serving = String(endpoint === serving);
  part('.badge').dataset.kind = state;
  setText(part('.badge'), state);
  if (part('.why').textContent !== reason + (endpoint === serving ? ' · served this chart' : '')) {
    part('.why').replaceChildren(reason, ...(endpoint === serving ? [' · ', element('b', {}, 'served this chart')] : []));
  }
  part('.bar span').style.width = `${traffic.share * 100}%`;
  setText(part('.percent'), `${percent} of calls`);
  target.querySelectorAll('dd').forEach((cell, at) => setText(cell, Object.values(NUMBERS)[at](traffic)));
  setText(part('.facts'), `known for ${ago(firstSeen)} · in DNS ${ago(lastSeen)} ago`);
}
