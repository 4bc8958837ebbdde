import { byId, setText } from './dom.js';

const CHOICES = ['auto', 'light', 'dark'];
const system = matchMedia('(prefers-color-scheme: dark)');

let printing = false;
let choice = CHOICES.includes(localStorage.getItem('theme')) ? localStorage.getItem('theme') : 'auto';

/** Takes the colours that were chosen on the page, or those of the system. */
export function followSystem() {
  const apply = () => {
    document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
  };
  system.addEventListener('change', apply);
  apply();
}

const isDark = () => !printing && (choice === 'dark' || (choice === 'auto' && system.matches));

/** Follows the system until the user chooses. @param changed is called when the colours have changed */
export function followTheme(changed) {
  const apply = () => {
    document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
    setText(byId('theme'), `Colours: ${choice}`);
    byId('theme').title = choice === 'auto' ? 'Light or dark, as the system is' : '';
    changed();
  };
  system.addEventListener('change', apply);
  // Paper is light
  ['beforeprint', 'afterprint'].forEach((name) => addEventListener(name, () => {
    printing = name === 'beforeprint';
    apply();
  }));
  byId('theme').addEventListener('click', () => {
    choice = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];
    localStorage.setItem('theme', choice);
    apply();
  });
  apply();
  // Canvases do not draw themselves again when a font arrives
  document.fonts.ready.then(changed);
}

export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Options of a chart in the colours and the font of the page. */
export const chartColours = () => ({
  layout: {
    background: { color: colour('surface') },
    textColor: colour('muted'),
    fontFamily: getComputedStyle(document.body).fontFamily,
    fontSize: 11,
    panes: { separatorColor: colour('line'), separatorHoverColor: colour('accent-soft') },
  },
  grid: { vertLines: { color: colour('grid') }, horzLines: { color: colour('grid') } },
});
