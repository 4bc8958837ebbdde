package dev.tradingplatform.signal.page;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.JsonNode;

/** JavaScript run in a tab, and what it finds there. For one thread. */
class Script {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DevTools devTools;
    private final String session;

    Script(DevTools devTools, String session) {
        this.devTools = devTools;
        this.session = session;
    }

    /** The value of a JavaScript expression; that of a promise once it is fulfilled. */
    JsonNode run(String expression) {
        JsonNode answer = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": "
                    + answer.at("/exceptionDetails/exception/description").asString(answer.toString()));
        }
        return answer.at("/result/value");
    }

    /** The text of the first element, as one sees it. */
    String text(String selector) {
        return run("document.querySelector(%s)?.innerText ?? ''".formatted(quoted(selector)))
                .asString();
    }

    /** Waits until a JavaScript expression is true. */
    void until(String condition) {
        until(condition, PATIENCE);
    }

    void until(String condition, Duration patience) {
        // The page looks each frame or so; a navigation meanwhile ends the waiting, so it starts again
        String watch = """
                new Promise(done => {
                  const end = performance.now() + %d;
                  const look = () => {
                    let is = false;
                    try { is = Boolean(%s); } catch { is = false; }
                    is || performance.now() > end ? done(is) : setTimeout(look, 20);
                  };
                  look();
                })""".formatted(patience.toMillis(), condition);
        boolean reached;
        try {
            reached = run(watch).asBoolean();
        } catch (CompletionException navigated) {
            reached = run(watch).asBoolean();
        }
        if (!reached) {
            throw new AssertionError("Not within " + patience + ": " + condition + "\nThe page says:\n" + text("body"));
        }
    }

    void untilText(String selector, String part) {
        until("document.querySelector(%s).innerText.includes(%s)".formatted(quoted(selector), quoted(part)));
    }

    /** Where an element is, in pixels from the window's corner: x, y, width, height. */
    JsonNode box(String selector) {
        return run("document.querySelector(%s).getBoundingClientRect().toJSON()".formatted(quoted(selector)));
    }

    JsonNode call(String method) {
        return call(method, Map.of());
    }

    JsonNode call(String method, Map<String, ?> parameters) {
        return devTools.call(session, method, parameters);
    }

    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
}
