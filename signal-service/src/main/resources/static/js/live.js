import { getJson } from './api.js';

const SILENCE = 4000;
const POLL_EVERY = 2000;
const STREAM_AGAIN_AFTER = 10000;

/**
 * Follows what discovery knows over server-sent events. Where the stream is refused it asks every two seconds instead,
 * and tries the stream again later. A page nobody looks at holds no connection.
 *
 * @param show takes each view
 * @param tell takes the state: "live", "polling" or "lost"
 */
export function follow(show, tell) {
  let stream = null;
  let heard = performance.now();
  let refusedAt = -Infinity;

  const take = (view, state) => {
    heard = performance.now();
    tell(state);
    show(view);
  };

  const open = () => {
    stream = new EventSource('api/v1/discovery/stream');
    stream.addEventListener('discovery', (event) => take(JSON.parse(event.data), 'live'));
    stream.addEventListener('error', () => {
      // While it is CONNECTING the browser tries again by itself
      if (stream?.readyState === EventSource.CLOSED) {
        close();
        refusedAt = performance.now();
        poll();
      } else {
        tell('lost');
      }
    });
  };

  const reopen = () => {
    heard = performance.now();
    open();
  };

  const close = () => {
    stream?.close();
    stream = null;
  };

  const poll = async () => {
    try {
      const view = await getJson('discovery');
      if (!stream) {
        take(view, 'polling');
      }
    } catch {
      tell('lost');
    }
  };

  setInterval(() => {
    if (document.hidden) {
      return;
    }
    if (stream && performance.now() - heard > SILENCE) {
      // Where the other end vanished without a word the browser takes the stream for open, and never tries again
      tell('lost');
      close();
      reopen();
    } else if (!stream && performance.now() - refusedAt > STREAM_AGAIN_AFTER) {
      open();
    } else if (!stream) {
      poll();
    }
  }, POLL_EVERY);
  document.addEventListener('visibilitychange', () => {
    close();
    if (!document.hidden) {
      reopen();
    }
  });
  open();
}
