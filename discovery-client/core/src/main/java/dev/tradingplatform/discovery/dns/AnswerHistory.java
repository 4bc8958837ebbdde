package dev.tradingplatform.discovery.dns;

import dev.tradingplatform.discovery.Endpoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Recognises from the latest answers for a name that each answer lists only some of the endpoints, although it has
 * fewer records than the known limit. Consul answers with 3 random endpoints over UDP, and a WEIGHTED routing policy
 * with one. For one thread at a time.
 *
 * <p><b>Rule.</b> Endpoints take turns if one comes back in an answer from which another one is missing, and later that
 * other one comes back too. If this happens within 10 minutes (and 64 different answers in a row), and no answer of
 * this time lists all endpoints of this time, each answer is partial from then on, until one lists all of them. The
 * answer that is recognised first also has the endpoints of the answers before it, because these were taken for
 * complete and removed endpoints.
 *
 * <p>An answer that reached the known limit, or was truncated, is partial anyway. It starts the history anew, because
 * it explains why the answers before it differ.
 *
 * <p><b>What stays complete,</b> so that removals take effect at once:
 *
 * <ul>
 *   <li>A deployment: its endpoints are new and do not come back.
 *   <li>A rollback to the same addresses, at once or one by one: the old endpoints come back, those that they replace
 *       do not.
 *   <li>A restart of one instance after another at the same addresses: the answer before it lists all.
 *   <li>An instance that leaves and returns again and again (flapping): no other one leaves when it comes back. This is
 *       no evidence of partial answers but the view of a health check, and its removal protects the calls.
 * </ul>
 *
 * <p><b>Errors.</b> A second deployment, back and forth between the same addresses within 10 minutes, is taken for
 * turns. So are two instances that are unhealthy alternately, if no answer lists both, and two resolvers of which one
 * still has the old answer in its cache. The consequence is small: a removed endpoint stays in the pool until a
 * connection to it fails, or for the 10 minutes after which the history is forgotten. In the other direction, random
 * answers count as complete until enough of them differ: of answers with 3 of 12 endpoints, the fifth is recognised in
 * the median, and the ninth at the latest in 400 simulated runs.
 */
final class AnswerHistory {

    /** Long enough for ten answers with the longest TTL. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private static final int MAX_ANSWERS = 64;

    private final LongSupplier nanoTime;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private boolean takingTurns;

    /** @param nanoTime elapsed time in nanoseconds, as {@link System#nanoTime()} */
    AnswerHistory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The same endpoints in one or several answers in a row, the latest of them at the given time. */
    private record Answer(Map<Endpoint, Target> targets, long time) {

        static Answer of(Resolution.Found found, long time) {
            Map<Endpoint, Target> targets = new LinkedHashMap<>();
            found.targets().forEach(target -> targets.put(target.endpoint(), target));
            return new Answer(targets, time);
        }

        Set<Endpoint> endpoints() {
            return targets.keySet();
        }
    }

    /** Adds the outcome of a lookup, and returns it, as partial if it is one of several partial answers. */
    Resolution classify(Resolution resolution) {
        if (!(resolution instanceof Resolution.Found found)
                || !found.unresolved().isEmpty()) {
            return resolution;
        }
        if (!found.complete()) {
            restart();
            return found;
        }
        add(Answer.of(found, nanoTime.getAsLong()));
        Map<Endpoint, Target> known = known();
        if (answers.getLast().endpoints().containsAll(known.keySet())) {
            Answer complete = answers.getLast();
            restart();
            answers.add(complete);
            return found;
        }
        boolean recognised = !takingTurns && noneLists(known.keySet()) && endpointsTakeTurns();
        takingTurns |= recognised;
        return takingTurns ? partial(found, recognised ? known.values() : found.targets(), known.size()) : found;
    }

    private void restart() {
        answers.clear();
        takingTurns = false;
    }

    private void add(Answer answer) {
        if (!answers.isEmpty() && answers.getLast().endpoints().equals(answer.endpoints())) {
            answers.removeLast();
        }
        answers.addLast(answer);
        while (answers.size() > MAX_ANSWERS
                || answer.time() - answers.getFirst().time() > MEMORY.toNanos()) {
            answers.removeFirst();
        }
    }

    /** Returns the targets of all answers, each as it was listed last; those of the latest answer first. */
    private Map<Endpoint, Target> known() {
        Map<Endpoint, Target> known = new LinkedHashMap<>();
        answers.descendingIterator().forEachRemaining(answer -> answer.targets().forEach(known::putIfAbsent));
        return known;
    }

    private boolean noneLists(Set<Endpoint> all) {
        return answers.stream().noneMatch(answer -> answer.endpoints().containsAll(all));
    }

    private boolean endpointsTakeTurns() {
        Set<Endpoint> seen = new HashSet<>();
        Set<Endpoint> replacedByReturned = new HashSet<>();
        Set<Endpoint> before = Set.of();
        for (Answer answer : answers) {
            Set<Endpoint> returned = new HashSet<>(answer.endpoints());
            returned.removeAll(before);
            returned.retainAll(seen);
            if (returned.stream().anyMatch(replacedByReturned::contains)) {
                return true;
            }
            if (!returned.isEmpty()) {
                Set<Endpoint> left = new HashSet<>(before);
                left.removeAll(answer.endpoints());
                replacedByReturned.addAll(left);
            }
            seen.addAll(answer.endpoints());
            before = answer.endpoints();
        }
        return false;
    }

    private Resolution.Found partial(Resolution.Found found, Collection<Target> targets, int known) {
        int maxListed = answers.stream()
                .mapToInt(answer -> answer.endpoints().size())
                .max()
                .orElseThrow();
        List<String> warnings = new ArrayList<>();
        if (!found.warning().isEmpty()) {
            warnings.add(found.warning());
        }
        warnings.add(Diagnosis.ofRotation(maxListed, known));
        return new Resolution.Found(
                List.copyOf(targets),
                false,
                found.unresolved(),
                found.unanswered(),
                found.ttl(),
                String.join("; ", warnings));
    }
}
