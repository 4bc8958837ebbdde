package dev.tradingplatform.signal.page;

import java.awt.Color;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One browser tab: what one does with it, what it shows, and what it complains about. For one thread. */
final class Tab extends Script implements AutoCloseable {

    private final DevTools devTools;
    private final String context;
    private final TabLog log;

    private Tab(DevTools devTools, String context, String session) {
        super(devTools, session);
        this.devTools = devTools;
        this.context = context;
        log = new TabLog(session);
        devTools.onEvent(log);
        List.of("Page.enable", "Runtime.enable", "Network.enable", "Log.enable").forEach(this::call);
        size(1440, 900);
    }

    /** Opens a tab with cookies and storage of its own. */
    static Tab in(DevTools devTools) {
        String context = devTools.call("", "Target.createBrowserContext", Map.of())
                .path("browserContextId")
                .asString();
        String target = devTools.call(
                        "", "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
                .path("targetId")
                .asString();
        String session = devTools.call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asString();
        return new Tab(devTools, context, session);
    }

    private record Point(double x, double y) {}

    /** Opens a page and waits until it is loaded with everything it names. */
    void open(URI page) {
        leave("Page.navigate", Map.of("url", page.toString()));
    }

    void reload() {
        leave("Page.reload", Map.of());
    }

    /** The page one leaves may be complete long after the command was taken. */
    private void leave(String method, Map<String, ?> parameters) {
        run("window.old = true");
        call(method, parameters);
        until("!window.old && document.readyState === 'complete'");
    }

    /** Runs a script in each page opened from now on, before any of its own. */
    void prepare(String script) {
        call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /** Records the texts that the charts of each page draw that is opened from now on. */
    void recordDrawnTexts() {
        prepare("""
                window.drawn = new Set();
                const draw = CanvasRenderingContext2D.prototype.fillText;
                CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
                  drawn.add(String(text));
                  return draw.call(this, text, ...rest);
                };""");
    }

    /** The recorded texts, one a line. */
    String drawnTexts() {
        return run("[...drawn].join('\\n')").asString();
    }

    /** Lets requests fail whose address is like one of these, {@code *} standing for anything; all others pass. */
    void block(String... addresses) {
        call("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
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
        press(key, 0);
    }

    void pressWithAlt(String key) {
        press(key, 1);
    }

    private void press(String key, int modifiers) {
        String text = "Enter".equals(key) ? "\r" : key.length() == 1 ? key : "";
        int code = Map.of("Tab", 9, "Enter", 13, " ", 32, "ArrowLeft", 37, "ArrowDown", 40, "PageUp", 33)
                .getOrDefault(key, 0);
        for (String type : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key,
                            "code",
                            key,
                            "text",
                            text,
                            "windowsVirtualKeyCode",
                            code,
                            "modifiers",
                            modifiers));
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

    /** A colour of the page's palette, as it is at the moment. */
    Color colour(String name) {
        return Color.decode(
                run("getComputedStyle(document.documentElement).getPropertyValue('--%s').trim()".formatted(name))
                        .asString());
    }

    /** Errors and warnings on the console, exceptions nobody caught, resources that were not there. */
    List<String> complaints() {
        return log.complaints();
    }

    List<URI> requests() {
        return log.requests();
    }

    @Override
    public void close() {
        devTools.forget(log);
        devTools.call("", "Target.disposeBrowserContext", Map.of("browserContextId", context));
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
}
