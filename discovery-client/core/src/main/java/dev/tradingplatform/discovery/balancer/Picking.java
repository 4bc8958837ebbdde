package dev.tradingplatform.discovery.balancer;

import dev.tradingplatform.discovery.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Which endpoint takes an attempt; see {@link EndpointPool#pick}. Safe for concurrent use. */
final class Picking {

    private final ZoneAffinity affinity;
    private final PowerOfTwoChoices choice;
    private final LongSupplier nanoTime;

    Picking(ZoneAffinity affinity, PowerOfTwoChoices choice, LongSupplier nanoTime) {
        this.affinity = affinity;
        this.choice = choice;
        this.nanoTime = nanoTime;
    }

    Optional<TrackedEndpoint> from(List<TrackedEndpoint> present, Collection<Endpoint> tried, boolean repeatable) {
        List<TrackedEndpoint> untried = without(tried, present);
        if (untried.isEmpty()) {
            return Optional.empty();
        }
        List<TrackedEndpoint> taking = new ArrayList<>(untried.size());
        for (TrackedEndpoint tracked : untried) {
            if (tracked.takesCalls()) {
                taking.add(tracked);
            } else if (repeatable && tried.isEmpty() && tracked.claimTrial()) {
                return Optional.of(tracked);
            }
        }
        List<TrackedEndpoint> candidates = taking.isEmpty() ? bestPriority(withinReach(untried)) : bestPriority(taking);
        if (repeatable && !taking.isEmpty() && taking.size() < untried.size()) {
            candidates = withSpared(candidates, without(tried, EjectionCap.spared(present)));
        }
        return Optional.of(choice.pick(affinity.preferred(candidates), nanoTime.getAsLong()));
    }

    private static List<TrackedEndpoint> without(Collection<Endpoint> tried, List<TrackedEndpoint> endpoints) {
        if (tried.isEmpty()) {
            return endpoints;
        }
        return endpoints.stream()
                .filter(tracked -> !tried.contains(tracked.endpoint()))
                .toList();
    }

    private static List<TrackedEndpoint> withinReach(List<TrackedEndpoint> untried) {
        List<TrackedEndpoint> within = untried.stream()
                .filter(tracked -> !tracked.health().outOfReach())
                .toList();
        return within.isEmpty() ? untried : within;
    }

    private static List<TrackedEndpoint> withSpared(List<TrackedEndpoint> candidates, List<TrackedEndpoint> spared) {
        List<TrackedEndpoint> all = new ArrayList<>(candidates);
        int priority = candidates.getFirst().target().priority();
        for (TrackedEndpoint tracked : spared) {
            if (tracked.target().priority() == priority) {
                all.add(tracked);
            }
        }
        return all;
    }

    private static List<TrackedEndpoint> bestPriority(List<TrackedEndpoint> candidates) {
        int best = Integer.MAX_VALUE;
        boolean mixed = false;
        for (TrackedEndpoint tracked : candidates) {
            int priority = tracked.target().priority();
            mixed |= best != Integer.MAX_VALUE && priority != best;
            best = Math.min(best, priority);
        }
        if (!mixed) {
            return candidates;
        }
        int lowest = best;
        return candidates.stream()
                .filter(tracked -> tracked.target().priority() == lowest)
                .toList();
    }
}
