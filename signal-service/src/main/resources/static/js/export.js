import { address } from './api.js';
import { picture } from './chart.js';
import { backtestQuery, choices, seriesQuery } from './choices.js';
import { byId, element, setText } from './dom.js';

/** How long a browser may take to begin a download, in milliseconds. */
const KEPT = 60000;

/** Sets up what takes data out of the page: a picture, the link, and files of bars and trades. */
export function setUpExports() {
  byId('save-picture').addEventListener('click', savePicture);
  byId('copy-link').addEventListener('click', copyLink);
}

/** Points the links of the files to what is chosen. */
export function showExports() {
  const of = (resource, query) => address(`${resource}/${encodeURIComponent(choices.ticker)}`, { ...query, format: 'csv' });
  byId('save-bars').href = of('bars', seriesQuery());
  byId('save-trades').href = of('backtests', backtestQuery());
}

async function savePicture() {
  const png = await new Promise((done) => { picture().toBlob(done, 'image/png'); });
  const link = URL.createObjectURL(png);
  element('a', { href: link, download: `${choices.ticker.replaceAll('/', '-')}-chart.png` }).click();
  setTimeout(() => URL.revokeObjectURL(link), KEPT);
}

/** Browsers allow pages to write to the clipboard only over HTTPS and on this machine; elsewhere a dialog shows the link. */
async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    setText(byId('copied'), 'Link copied');
  } catch {
    prompt('Copy this link', location.href);
  }
}
