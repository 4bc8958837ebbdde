package dev.tradingplatform.signal.page;

import dev.tradingplatform.signal.page.DevTools.Event;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** One browser tab: what one does with it, what it shows, and what it complains about. For one thread. */
final class Tab implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DevTools devTools;
    private final String context;
    private final String session;
    private final Consumer<Event> listener = this::note;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<URI> requests = new CopyOnWriteArrayList<>();

    Tab(DevTools devTools, String context) {
        this.devTools = devTools;
        this.context = context;
        String target = devTools.call(
                        "", "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
                .path("targetId")
                .asString();
        session = devTools.call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asString();
        devTools.onEvent(listener);
        List.of("Page.enable", "Runtime.enable", "Network.enable", "Log.enable").forEach(this::call);
        size(1440, 900);
    }

    private record Point(double x, double y) {}

    /** Opens a page and waits until it is loaded with everything it names. */
    void open(URI page) {
        call("Page.navigate", Map.of("url", page.toString()));
        until("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    void reload() {
        run("window.old = true");
        call("Page.reload");
        until("!window.old && document.readyState === 'complete'");
    }

    void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /**
     * What the system prefers: {@code light} or {@code dark}; motion is always reduced, so that pictures stand still.
     */
    void prefer(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
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
        } catch (java.util.concurrent.CompletionException navigated) {
            reached = run(watch).asBoolean();
        }
        if (!reached) {
            throw new AssertionError("Not within " + patience + ": " + condition + "\nThe page says:\n" + text("body")
                    + "\n" + complaints);
        }
    }

    void untilText(String selector, String part) {
        until("document.querySelector(%s).innerText.includes(%s)".formatted(quoted(selector), quoted(part)));
    }

    void click(String selector) {
        Point at = middle(selector);
        moveTo(at.x(), at.y());
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of("type", type, "x", at.x(), "y", at.y(), "button", "left", "clickCount", 1));
        }
    }

    void moveTo(double x, double y) {
        call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
    }

    /** @param key such as {@code Tab} or {@code Enter} */
    void press(String key) {
        String text = "Enter".equals(key) ? "\r" : key.length() == 1 ? key : "";
        int code = Map.of("Tab", 9, "Enter", 13, " ", 32, "ArrowLeft", 37, "ArrowDown", 40, "PageUp", 33)
                .getOrDefault(key, 0);
        for (String type : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "text", text, "windowsVirtualKeyCode", code));
        }
    }

    /** Types into what has the focus. */
    void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    /** Drags a file over an element. */
    void drag(String step, String selector, Path file) {
        Point at = middle(selector);
        Map<String, ?> data = Map.of("items", List.of(), "files", List.of(file.toString()), "dragOperationsMask", 1);
        call("Input.dispatchDragEvent", Map.of("type", step, "x", at.x(), "y", at.y(), "data", data));
    }

    /** Makes the network as slow as this, in bytes a second. */
    void uploadAt(int throughput) {
        call(
                "Network.emulateNetworkConditions",
                Map.of("offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", throughput));
    }

    /** Chooses a file in a file field, as the system's dialog would. */
    void chooseFile(String selector, Path file) {
        int document = call("DOM.getDocument").at("/root/nodeId").asInt();
        int node = call("DOM.querySelector", Map.of("nodeId", document, "selector", selector))
                .path("nodeId")
                .asInt();
        call("DOM.setFileInputFiles", Map.of("nodeId", node, "files", List.of(file.toString())));
    }

    /** What can be seen of the window. */
    Screen screen() {
        return screen(Map.of("format", "png"));
    }

    /** What can be seen of one element. */
    Screen screen(String selector) {
        JsonNode box = box(selector);
        return screen(Map.of(
                "format",
                "png",
                "clip",
                Map.of(
                        "x", box.path("x").asDouble(),
                        "y", box.path("y").asDouble(),
                        "width", box.path("width").asDouble(),
                        "height", box.path("height").asDouble(),
                        "scale", 1)));
    }

    /** Where an element is, in pixels from the window's corner: x, y, width, height. */
    JsonNode box(String selector) {
        return run("document.querySelector(%s).getBoundingClientRect().toJSON()".formatted(quoted(selector)));
    }

    /** Errors and warnings on the console, exceptions nobody caught, resources that were not there. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    List<URI> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        devTools.forget(listener);
        devTools.call("", "Target.disposeBrowserContext", Map.of("browserContextId", context));
    }

    JsonNode call(String method) {
        return call(method, Map.of());
    }

    JsonNode call(String method, Map<String, ?> parameters) {
        return devTools.call(session, method, parameters);
    }

    private Screen screen(Map<String, ?> parameters) {
        return new Screen(Base64.getDecoder()
                .decode(call("Page.captureScreenshot", parameters).path("data").asString()));
    }

    private Point middle(String selector) {
        run("document.querySelector(%s).scrollIntoView({ block: 'nearest' })".formatted(quoted(selector)));
        JsonNode box = box(selector);
        return new Point(
                box.path("x").asDouble() + box.path("width").asDouble() / 2,
                box.path("y").asDouble() + box.path("height").asDouble() / 2);
    }

    private void note(Event event) {
        if (!event.session().equals(session)) {
            return;
        }
        JsonNode what = event.parameters();
        switch (event.method()) {
            case "Network.requestWillBeSent" ->
                requests.add(URI.create(what.at("/request/url").asString()));
            case "Runtime.exceptionThrown" ->
                complaints.add(
                        what.at("/exceptionDetails/exception/description").asString(what.toString()));
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning").contains(what.path("type").asString())) {
                    complaints.add(what.path("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                if (List.of("error", "warning").contains(what.at("/entry/level").asString())) {
                    complaints.add(what.at("/entry/text").asString() + " "
                            + what.at("/entry/url").asString(""));
                }
            }
            default -> {}
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
}
