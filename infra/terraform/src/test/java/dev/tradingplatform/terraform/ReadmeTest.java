package dev.tradingplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Pattern VARIABLE = Pattern.compile("(?m)^variable \"(\\w+)\"");

    @Test
    void listsEveryVariable() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String file : List.of("variables.tf", "variables_services.tf")) {
            String text = Files.readString(Workspace.FOLDER.resolve(file));
            for (MatchResult variable : VARIABLE.matcher(text).results().toList()) {
                rows.add("| `" + variable.group(1) + "` | ");
            }
        }

        assertThat(readme()).contains(rows);
    }

    @Test
    void tellsTheCostsThatThePlanTells() throws IOException {
        Map<String, String> ways =
                Plans.byDefault().json().at("/planned_values/outputs/monthly_cost/value/ways").properties().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, way -> way.getValue().asString("")));

        assertThat(ways).hasSizeGreaterThan(5);
        assertThat(readme())
                .contains(ways.entrySet().stream()
                        .map(way -> "| " + way.getKey() + " | " + way.getValue() + " |")
                        .toList());
    }

    private static String readme() throws IOException {
        return Files.readString(Workspace.FOLDER.resolve("README.md"));
    }
}
