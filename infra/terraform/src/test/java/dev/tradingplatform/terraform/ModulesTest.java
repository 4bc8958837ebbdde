package dev.tradingplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Runs {@code terraform test}; each of its runs is a test here. */
class ModulesTest {

    @TestFactory
    Stream<DynamicTest> modulesPlanWhatTheyPromiseWithAMockedProvider() {
        return runs(Workspace.alone().terraform("test", "-json"));
    }

    @TestFactory
    Stream<DynamicTest> theRootModulePlansWhatItPromisesInAnEmulatedAccount() {
        return runs(Workspace.emulated().terraform("test", "-json", "-test-directory=tests/emulated"));
    }

    /** Such as a file that is not valid, whose runs nobody hears of. */
    @Test
    void aFailureOutsideItsRunsIsOneToo() {
        String passed = """
                {"type":"test_run","@testfile":"a","@testrun":"b","test_run":{"progress":"complete","status":"pass"}}
                """;

        assertThat(runs(new Program.Ended(1, passed, "")))
                .anySatisfy(test ->
                        assertThatThrownBy(test.getExecutable()::execute).isInstanceOf(AssertionError.class));
        assertThat(runs(new Program.Ended(0, passed, "")))
                .allSatisfy(test -> test.getExecutable().execute());
    }

    private static Stream<DynamicTest> runs(Program.Ended test) {
        Map<String, String> statuses = new LinkedHashMap<>();
        Map<String, List<String>> complaints = new LinkedHashMap<>();
        for (String line : test.output().lines().toList()) {
            JsonNode event = Workspace.JSON.readTree(line);
            String run = event.path("@testfile").asString("") + ": "
                    + event.path("@testrun").asString("");
            if ("test_run".equals(event.path("type").asString(""))
                    && "complete".equals(event.at("/test_run/progress").asString(""))) {
                statuses.put(run, event.at("/test_run/status").asString(""));
            }
            if ("diagnostic".equals(event.path("type").asString(""))) {
                complaints
                        .computeIfAbsent(run, _ -> new ArrayList<>())
                        .add(event.path("diagnostic").toString());
            }
        }
        assertThat(statuses).as(test.text()).isNotEmpty();
        DynamicTest ended = DynamicTest.dynamicTest(
                "ends with status 0",
                () -> assertThat(test.status()).as("%s", complaints).isZero());
        Stream<DynamicTest> runs = statuses.entrySet().stream()
                .map(run -> DynamicTest.dynamicTest(
                        run.getKey(),
                        () -> assertThat(run.getValue())
                                .as("%s", complaints.getOrDefault(run.getKey(), List.of()))
                                .isEqualTo("pass")));
        return Stream.concat(runs, Stream.of(ended));
    }
}
