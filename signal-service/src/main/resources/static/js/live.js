import { getJson } from './api.js';

const SILENCE = 4000;
const POLL_EVERY = 2000;
const STREAM_AGAIN_AFTER = 10000;

/**
 * Follows the endpoints over server-sent events. If the stream is refused, it sends a request every two seconds
 * instead and opens the stream again later. A hidden page holds no connection.
 *
 * @param show takes each view
 * @param report takes the state: "live", "polling" or "lost"
 */
export function follow(show, report) {
  let stream = null;
  let heard = performance.now();
  let refusedAt = -Infinity;

  const take = (view, state) => {
    heard = performance.now();
    report(state);
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
        report('lost');
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
      report('lost');
    }
  };

  setInterval(() => {
    if (document.hidden) {
      return;
    }
    if (stream && performance.now() - heard > SILENCE) {
      // The browser does not notice that the other end of a stream is gone, and keeps it open
      report('lost');
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
