package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class SplitsRaceTest extends ApiServer {

    private static final String SPLIT = "[{\"timestamp\":\"2024-01-0%d\",\"numerator\":10,\"denominator\":1}]";

    /** On the same day the two would collide, on different days both would stay. */
    @RepeatedTest(20)
    void letsOneOfTwoClientsBeTheFirst(RepetitionInfo repetition) throws Exception {
        int round = repetition.getCurrentRepetition();
        String path = "/api/v1/data/RACE" + round + "/splits";
        Callable<Answer> one = () -> api().put(path, SPLIT.formatted(3), "If-None-Match", "*");
        Callable<Answer> other = () -> api().put(path, SPLIT.formatted(3 + round % 2), "If-None-Match", "*");

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> first = threads.submit(one);
            Future<Answer> second = threads.submit(other);

            assertThat(new int[] {first.get().status(), second.get().status()}).containsExactlyInAnyOrder(201, 412);
        }
        assertThat(api().get(path).at("/count").asInt()).isEqualTo(1);
    }
}
