import { getJson } from './api.js';
import { choices, seriesQuery } from './choices.js';
import { isOverlay, markRefused } from './indicator-menu.js';

/**
 * Requests indicators; those that the service refuses are left out, so that one bad number does not hide the other lines.
 *
 * @returns columns by indicator key, their source if there are any, and the problems with those left out
 */
export async function requestIndicators(keys, problems = []) {
  try {
    const { series, source } = keys.length === 0
      ? { series: {} } : await getJson(`indicators/${encodeURIComponent(choices.ticker)}`, { i: keys.join(','), ...seriesQuery() });
    markRefused(Object.fromEntries(problems.flatMap(({ errors }) => errors.map((error) => [error.indicator, wanted(error)]))));
    return { columns: group(keys, series), source, problems };
  } catch (problem) {
    const bad = new Set((problem.errors ?? []).map(({ indicator }) => indicator));
    const good = keys.filter((key) => !bad.has(key));
    if (good.length === keys.length) {
      throw problem;
    }
    return requestIndicators(good, [...problems, problem]);
  }
}

const wanted = ({ parameter, value, expected }) => `${parameter} ${value}: expected ${expected}`;

/** Groups "macd:12:26:9.signal" and its siblings under "macd:12:26:9". */
function group(keys, series) {
  const grouped = {};
  for (const [name, values] of Object.entries(series)) {
    const key = keys.find((candidate) => name === candidate || name.startsWith(`${candidate}.`)) ?? name.replace(/\.[a-z]+$/, '');
    grouped[key] ??= { overlay: isOverlay(key), outputs: {} };
    grouped[key].outputs[name] = values;
  }
  return grouped;
}
