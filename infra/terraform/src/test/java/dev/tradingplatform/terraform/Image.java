package dev.tradingplatform.terraform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The last stage of a Dockerfile. */
record Image(String text) {

    private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=(\\S+)");

    static Image of(String dockerfile) {
        String joined = dockerfile.replaceAll("\\\\\\R\\s*", "");
        return new Image(joined.substring(joined.lastIndexOf("\nFROM ")));
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        instructions("ENV")
                .forEach(line -> ASSIGNMENT
                        .matcher(line)
                        .results()
                        .forEach(assignment -> environment.put(assignment.group(1), assignment.group(2))));
        return environment;
    }

    List<String> instructions(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }
}
