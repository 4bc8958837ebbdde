package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.test.ManualClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers are recognised as partial, and which stay complete. Each letter is an endpoint. */
class AnswerHistoryTest {

    private static final Duration TTL = Duration.ofSeconds(1);
    private static final String TWELVE = "ABCDEFGHIJKL";

    private final ManualClock clock = new ManualClock();
    private final AnswerHistory history = new AnswerHistory(clock);
    /** As an endpoint pool keeps it: complete answers replace it, partial ones add to it. */
    private final Set<String> pool = new TreeSet<>();

    private Resolution.Found answer(String endpoints) {
        return answer(endpoints, true);
    }

    private Resolution.Found answer(String endpoints, boolean complete) {
        Resolution.Found found = new Resolution.Found(targets(endpoints), complete, TTL, "");
        Resolution.Found classified = (Resolution.Found) history.classify(found);
        if (classified.complete()) {
            pool.clear();
        }
        pool.addAll(List.of(letters(classified).split("")));
        clock.advance(TTL);
        return classified;
    }

    private static List<Target> targets(String endpoints) {
        return endpoints.chars().mapToObj(AnswerHistoryTest::target).toList();
    }

    private static Target target(int letter) {
        try {
            InetAddress address = InetAddress.getByAddress(new byte[] {10, 0, 1, (byte) letter});
            return new Target(new Endpoint(address, 80), 1, 1);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String letters(Resolution.Found found) {
        StringBuilder letters = new StringBuilder();
        found.targets()
                .forEach(target -> letters.append(
                        (char) Byte.toUnsignedInt(target.endpoint().address().getAddress()[3])));
        return letters.toString();
    }

    private void completeAll(String... answers) {
        for (String endpoints : answers) {
            Resolution.Found classified = answer(endpoints);
            assertThat(classified.complete()).as(endpoints).isTrue();
            assertThat(classified.warning()).as(endpoints).isEmpty();
            assertThat(letters(classified)).isEqualTo(endpoints);
        }
    }

    private static String randomSubset(String of, int size, Random random) {
        List<String> letters = new ArrayList<>(List.of(of.split("")));
        Collections.shuffle(letters, random);
        return String.join("", letters.subList(0, size));
    }

    // Rotation and random subsets

    @Test
    void recognisesOneRecordInTurnAsPartialAndSaysThatItLooksLikeWeightedRouting() {
        completeAll("A", "B", "A");

        Resolution.Found rotated = answer("B");

        assertThat(rotated.complete()).isFalse();
        assertThat(rotated.warning()).contains("WEIGHTED", "MULTIVALUE");
    }

    @Test
    void forgetsARotationWhenOneAnswerListsAll() {
        for (String endpoint : List.of("A", "B", "A", "B", "A")) {
            answer(endpoint);
        }

        completeAll("AB", "A");
    }

    @Test
    void saysHowManyEndpointsTakeTurnsAfterWhatIsKnownAlready() {
        completeAll("ABC", "ABD", "ACD");

        Resolution.Found turned = (Resolution.Found) history.classify(
                new Resolution.Found(targets("ABD"), true, Set.of(), true, Duration.ofSeconds(7), "known before"));

        assertThat(turned.warning()).startsWith("known before; the answers list at most 3 of 4 endpoints");
        assertThat(turned.complete()).isFalse();
        assertThat(turned.unanswered()).isTrue();
        assertThat(turned.ttl()).hasSeconds(7);
    }

    @Test
    void restoresTheEndpointsThatWereRemovedBeforeItRecognisesPartialAnswersAndOnlyThen() {
        completeAll("ABC", "DEF", "AEG");
        assertThat(pool).containsExactly("A", "E", "G");

        assertThat(letters(answer("DFH"))).isEqualTo("DFHAEGBC");
        assertThat(pool).containsExactly("A", "B", "C", "D", "E", "F", "G", "H");

        Resolution.Found next = answer("ADG");
        assertThat(letters(next)).isEqualTo("ADG");
        assertThat(next.complete()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 20", "1, 5, 20", "2, 3, 15", "3, 4, 15", "3, 12, 15", "3, 30, 25", "7, 12, 10", "11, 12, 10"})
    void recognisesRandomSubsetsAndFromThenOnKeepsEveryEndpointEverListed(int listed, int of, int maxAnswers) {
        String endpoints = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgh".substring(0, of);
        for (long seed = 0; seed < 100; seed++) {
            AnswerHistoryTest server = new AnswerHistoryTest();
            Random random = new Random(seed);
            Set<String> everListed = new TreeSet<>();
            for (int count = 0; count < maxAnswers; count++) {
                String subset = randomSubset(endpoints, listed, random);
                everListed.addAll(List.of(subset.split("")));
                server.answer(subset);
            }
            for (int count = 0; count < 20; count++) {
                String subset = randomSubset(endpoints, listed, random);
                everListed.addAll(List.of(subset.split("")));
                assertThat(server.answer(subset).complete()).as("seed %d", seed).isFalse();
                assertThat(server.pool).as("seed %d", seed).isEqualTo(everListed);
            }
        }
    }

    @Test
    void staysWithPartialAnswersWhenAnEndpointIsAddedOrRemoved() {
        Random random = new Random(1);
        for (int count = 0; count < 15; count++) {
            answer(randomSubset(TWELVE, 3, random));
        }
        for (int count = 0; count < 100; count++) {
            assertThat(answer(randomSubset("BCDEFGHIJKLM", 3, random)).complete())
                    .isFalse();
        }
    }

    @Test
    void takesAnswersForCompleteAgainTenMinutesAfterTheLastChange() {
        for (String endpoints : List.of("ABC", "ABD", "ACD", "ABD")) {
            answer(endpoints);
        }
        for (int second = 0; second < 600; second++) {
            assertThat(answer("ABC").complete()).isFalse();
        }
        assertThat(pool).containsExactly("A", "B", "C", "D");

        answer("ABC");
        completeAll("ABC");

        assertThat(pool).containsExactly("A", "B", "C");
    }

    // What stays complete

    @Test
    void takesADeploymentOfASingleInstanceAndItsRollbackForWhatTheyAre() {
        completeAll("A", "A", "A", "B", "B", "A", "A", "C");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ABC ABCD BCD BCDE CDE CDEF DEF",
                "ABC BCD CDE DEF",
                "ABC BC BCD CD CDE DE DEF",
                "ABC ABCDEF DEF",
                "ABC DEF"
            })
    void takesADeploymentAndItsRollbackToTheSameAddressesForWhatTheyAre(String deployment) {
        List<String> answers = new ArrayList<>(List.of(deployment.split(" ")));
        completeAll(answers.toArray(String[]::new));
        assertThat(pool).containsExactly("D", "E", "F");

        Collections.reverse(answers);
        completeAll(answers.toArray(String[]::new));
        assertThat(pool).containsExactly("A", "B", "C");
    }

    @Test
    void takesARollbackOneByOneInTheOrderOfTheDeploymentForWhatItIs() {
        completeAll("ABC", "BCD", "CDE", "DEF", "EFA", "FAB", "ABC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ABC BC ABC AC ABC AB ABC", "ABC BC AC AB ABC", "ABC BC C CA A AB ABC", "ABC AB A AC C BC ABC"})
    void takesARestartOfOneInstanceAfterAnotherAtTheSameAddressesForWhatItIs(String restart) {
        completeAll(restart.split(" "));
        completeAll(restart.split(" "));
    }

    @Test
    void takesAFlappingInstanceForWhatItIs() {
        for (int round = 0; round < 400; round++) {
            completeAll("ABC", "AB");
        }
    }

    @Test
    void takesAFlappingInstanceForWhatItIsThoughOthersAreReplacedMeanwhile() {
        completeAll("ABC", "AB", "ABC", "BCD", "BD", "BCD", "BD", "BCD", "CDE", "DE", "CDE", "DE", "DEFC", "DEF");
    }

    @Test
    void takesTwoInstancesThatFlapForWhatTheyAreIfAnAnswerHasListedBoth() {
        for (int round = 0; round < 100; round++) {
            completeAll("ABCD", "ABC", "ABD", "ABC", "ABD", "AB");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void takesAllChangesForWhatTheyAreAsLongAsNoRemovedAddressComesBack(long seed) {
        Random random = new Random(seed);
        List<Character> listed = new ArrayList<>(List.of('A'));
        for (char next = 'B'; next < 'B' + 100; next++) {
            listed.add(next);
            while (listed.size() > 1 && random.nextInt(2) == 0) {
                listed.remove(random.nextInt(listed.size()));
            }
            StringBuilder endpoints = new StringBuilder();
            listed.forEach(endpoints::append);
            completeAll(endpoints.toString());
        }
    }

    @Test
    void takesAScaleInForWhatItIsAfterAnswersThatReachedTheLimit() {
        Random random = new Random(1);
        for (int count = 0; count < 50; count++) {
            assertThat(answer(randomSubset(TWELVE, 8, random), false).warning()).isEmpty();
        }

        completeAll("ABCDEFG", "ABCDE");
        assertThat(pool).containsExactly("A", "B", "C", "D", "E");
    }

    @Test
    void forgetsTheAnswersBeforeOneThatReachedTheLimit() {
        completeAll("A", "B", "A");
        answer("ABCDEFGH", false);

        completeAll("B", "A", "B");
    }

    @Test
    void ignoresAnswersOfWhichAnAddressCouldNotBeLookedUp() {
        Resolution.Found unresolved =
                new Resolution.Found(targets("B"), true, Set.of("c.zone.:80"), true, TTL, "no address");
        completeAll("A", "B", "A");

        assertThat(history.classify(unresolved)).isSameAs(unresolved);

        completeAll("A", "C");
    }

    @Test
    void ignoresFailures() {
        Resolution absent = new Resolution.Absent(TTL, "NXDOMAIN", false);
        completeAll("A", "B");

        assertThat(history.classify(absent)).isSameAs(absent);

        completeAll("A");
        assertThat(answer("B").complete()).isFalse();
    }

    @Test
    void takesTwoSetsInTurnForDeploymentsIfTenMinutesLieBetween() {
        for (int round = 0; round < 10; round++) {
            completeAll("ABC", "DEF");
            clock.advance(Duration.ofMinutes(10));
        }
    }

    // Documented errors, with small consequences

    @Test
    void takesASecondDeploymentBackAndForthWithinTenMinutesForTurns() {
        completeAll("AB", "CD", "AB");

        assertThat(answer("CD").complete()).isFalse();
        assertThat(pool).containsExactly("A", "B", "C", "D");
    }

    @Test
    void takesResolversOfWhichOneStillHasTheOldAnswerForTurnsUntilTenMinutesAfterIt() {
        completeAll("ABC", "BCD", "ABC");
        assertThat(answer("BCD").complete()).isFalse();

        clock.advance(Duration.ofMinutes(10));

        completeAll("BCD");
        assertThat(pool).containsExactly("B", "C", "D");
    }

    @Test
    void remembersTheLatestSixtyFourAnswers() {
        for (char endpoint = 1; endpoint < 101; endpoint++) {
            completeAll(String.valueOf(endpoint));
        }
        completeAll("y", "z", "y");

        assertThat(letters(answer("z"))).startsWith("zyd").hasSize(62);
    }
}
