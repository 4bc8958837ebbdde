package dev.tradingplatform.signal.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;

/** The accessibility checker axe-core, run in the page. */
final class Axe {

    private static final List<String> GRAVE = List.of("serious", "critical");

    private Axe() {}

    /** What axe-core finds serious or critical, in the light colours and in the dark ones. */
    static List<String> graveFaults(Tab tab) {
        List<String> faults = new ArrayList<>();
        for (String scheme : List.of("light", "dark")) {
            tab.prefer(scheme);
            tab.until("document.documentElement.dataset.theme === '%s'".formatted(scheme));
            check(tab, scheme, faults);
        }
        return faults;
    }

    private static void check(Tab tab, String scheme, List<String> faults) {
        if (!tab.run("Boolean(window.axe)").asBoolean()) {
            tab.run(script());
        }
        JsonNode violations = tab.run("axe.run({ resultTypes: ['violations'] }).then(found => found.violations)");
        for (JsonNode violation : violations) {
            if (GRAVE.contains(violation.path("impact").asString(""))) {
                for (JsonNode node : violation.path("nodes")) {
                    faults.add("%s: %s at %s: %s"
                            .formatted(
                                    scheme,
                                    violation.path("id").asString(),
                                    node.path("target"),
                                    node.path("failureSummary").asString("")));
                }
            }
        }
    }

    private static String script() {
        try {
            return new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8) + ";true";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
