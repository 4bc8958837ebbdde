package dev.tradingplatform.signal.page;

import dev.tradingplatform.signal.page.DevTools.Event;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What a tab asked for, and what it complained about. Safe for concurrent use. */
final class TabLog implements Consumer<Event> {

    private static final List<String> BAD = List.of("error", "warning");

    private final String session;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<URI> requests = new CopyOnWriteArrayList<>();

    TabLog(String session) {
        this.session = session;
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    List<URI> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void accept(Event event) {
        if (!event.session().equals(session)) {
            return;
        }
        JsonNode what = event.parameters();
        switch (event.method()) {
            case "Network.requestWillBeSent" -> {
                String url = what.at("/request/url").asString();
                // Nothing is sent for these: Chromium has the icons of date fields in them
                if (!url.startsWith("data:")) {
                    requests.add(URI.create(url));
                }
            }
            case "Runtime.exceptionThrown" ->
                complaints.add(
                        what.at("/exceptionDetails/exception/description").asString(what.toString()));
            case "Runtime.consoleAPICalled" -> {
                if (BAD.contains(what.path("type").asString())) {
                    complaints.add(what.path("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                if (BAD.contains(what.at("/entry/level").asString())) {
                    complaints.add(what.at("/entry/text").asString() + " "
                            + what.at("/entry/url").asString(""));
                }
            }
            default -> {}
        }
    }
}
