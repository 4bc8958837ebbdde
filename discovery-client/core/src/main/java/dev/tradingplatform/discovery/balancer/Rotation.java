package dev.tradingplatform.discovery.balancer;

import dev.tradingplatform.discovery.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints a pick chooses among: a snapshot of what DNS, health, hints and time say. It is made anew when one of
 * them changes, so that a pick only draws. Immutable but for the endpoints.
 *
 * <p>The tiers are in order of preference: those that accept calls by SRV priority (RFC 2782), then, rather than
 * failing the call, those that do not, and those that cannot be reached last of all. A pick uses the first tier that
 * has an endpoint which the call has not tried.
 */
final class Rotation {

    /** What a rotation is made of besides the endpoints. */
    record Context(Zone zone, RandomGenerator random, LongSupplier nanoTime, long warmUpStep) {}

    /**
     * Endpoints of the same preference.
     *
     * @param any for any call
     * @param repeatable for calls that may be repeated: with the endpoints over the ejection cap
     */
    private record Tier(ZoneAffinity any, ZoneAffinity repeatable) {}

    private final Context context;
    private final List<Cidr> zoneRanges;
    private final List<PooledEndpoint> present;
    private final Set<PooledEndpoint> overCap;
    private final List<Tier> tiers = new ArrayList<>();
    private final int acceptingTiers;
    private final List<PooledEndpoint> acceptingCalls;

    /** The first tier, and the end below, as fields that a pick reads without another step. */
    private final @Nullable ZoneAffinity firstForAny;

    private final @Nullable ZoneAffinity firstForRepeatable;
    private final boolean trial;
    private final boolean trialForAny;

    /** The next instant at which time alone changes something, if it ever does. */
    private long end;

    private boolean ends;

    /** @param present all endpoints that are not removed */
    Rotation(List<PooledEndpoint> present, Context context, long now) {
        this.context = context;
        this.zoneRanges = context.zone().ranges();
        this.present = List.copyOf(present);
        this.overCap = EjectionCap.overEjectionCap(present, now);
        addTiers(endpoint -> endpoint.acceptsCalls(now), now);
        this.acceptingTiers = tiers.size();
        this.acceptingCalls = present.stream()
                .filter(endpoint -> endpoint.acceptsCalls(now) || overCap.contains(endpoint))
                .toList();
        addTiers(endpoint -> !endpoint.acceptsCalls(now) && !endpoint.health().outOfReach(), now);
        addTiers(endpoint -> endpoint.health().outOfReach(), now);
        this.firstForAny = tiers.isEmpty() ? null : tiers.getFirst().any();
        this.firstForRepeatable = tiers.isEmpty() ? null : tiers.getFirst().repeatable();
        this.trial = present.stream().anyMatch(endpoint -> endpoint.offersTrial(true, now));
        this.trialForAny = present.stream().anyMatch(endpoint -> endpoint.offersTrial(false, now));
        present.forEach(endpoint -> addChanges(endpoint, now));
    }

    private void addTiers(Predicate<PooledEndpoint> belongs, long now) {
        Map<Integer, List<PooledEndpoint>> byPriority = new TreeMap<>();
        for (PooledEndpoint endpoint : present) {
            if (belongs.test(endpoint)) {
                byPriority
                        .computeIfAbsent(endpoint.target().priority(), priority -> new ArrayList<>())
                        .add(endpoint);
            }
        }
        byPriority.forEach((priority, endpoints) -> {
            ZoneAffinity any = affinity(endpoints, now);
            List<PooledEndpoint> more = overCap.stream()
                    .filter(endpoint -> endpoint.target().priority() == priority && !endpoints.contains(endpoint))
                    .toList();
            if (more.isEmpty()) {
                tiers.add(new Tier(any, any));
            } else {
                List<PooledEndpoint> all = new ArrayList<>(endpoints);
                all.addAll(more);
                tiers.add(new Tier(any, affinity(all, now)));
            }
        });
    }

    private ZoneAffinity affinity(List<PooledEndpoint> endpoints, long now) {
        return new ZoneAffinity(
                endpoints,
                zoneRanges,
                context.random(),
                selected -> new Selection(selected, context.random(), context.nanoTime(), now));
    }

    private void addChanges(PooledEndpoint endpoint, long now) {
        ServerHints hints = endpoint.hints();
        if (hints.draining(now)) {
            addChange(hints.drainUntil());
        }
        if (hints.pausing(now)) {
            addChange(hints.pausedUntil());
        }
        if (endpoint.warming(now)) {
            addChange(now + context.warmUpStep());
        }
        endpoint.health().nextTrial(now).ifPresent(instant -> addChange(instant));
    }

    private void addChange(long instant) {
        if (!ends || instant - end < 0) {
            end = instant;
            ends = true;
        }
    }

    /** Returns whether it still describes the endpoints. Reads the clock only if time can change something. */
    boolean current() {
        return zoneRanges.equals(context.zone().ranges())
                && (!ends || context.nanoTime().getAsLong() - end < 0);
    }

    List<PooledEndpoint> present() {
        return present;
    }

    boolean overCap(PooledEndpoint endpoint) {
        return overCap.contains(endpoint);
    }

    /** Returns whether a call may be the trial of an ejected endpoint. */
    boolean offersTrial(boolean repeatable) {
        return repeatable ? trial : trialForAny;
    }

    boolean noneAcceptsCalls() {
        return acceptingTiers == 0;
    }

    /** Returns the endpoints that accept calls, with those over the ejection cap; if none does, all. */
    List<PooledEndpoint> acceptingCalls() {
        return acceptingCalls.isEmpty() ? present : acceptingCalls;
    }

    /** Returns the endpoints that a call is most likely to be sent to: those of the first tier. */
    List<PooledEndpoint> preferred() {
        return tiers.isEmpty() ? List.of() : tiers.getFirst().any().endpoints();
    }

    /** Returns whether an endpoint that was not tried accepts calls, or may be called because none does. */
    boolean hasOther(Collection<Endpoint> tried) {
        for (int tier = 0; tier < tiers.size(); tier++) {
            boolean eligible = tier < acceptingTiers || noneAcceptsCalls();
            if (eligible && tiers.get(tier).repeatable().hasUntried(tried)) {
                return true;
            }
        }
        return false;
    }

    Optional<PooledEndpoint> pick(Collection<Endpoint> tried, boolean repeatable, double usualLatency) {
        if (tried.isEmpty()) {
            ZoneAffinity first = repeatable ? firstForRepeatable : firstForAny;
            return first == null ? Optional.empty() : first.pick(usualLatency).picked();
        }
        for (Tier tier : tiers) {
            if (tier.any().hasUntried(tried)) {
                return (repeatable ? tier.repeatable() : tier.any()).pickUntried(tried, usualLatency);
            }
        }
        return Optional.empty();
    }
}
