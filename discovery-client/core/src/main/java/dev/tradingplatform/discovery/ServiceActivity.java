package dev.tradingplatform.discovery;

/**
 * What the rules for failures have done for one service since its first call. Immutable.
 *
 * @param calls calls, and questions for the endpoints of the service
 * @param retries attempts at another endpoint after one that failed
 * @param hedgedAttempts attempts that started while an earlier one of the same call was slow
 * @param staleConnections kept connections that the endpoint had closed; each was replaced by a new one, and neither
 *     failed a call nor counted as an attempt
 * @param pauses pauses of calls that could not send their request to any endpoint
 * @param earlyLookups lookups before the end of the TTL, because no endpoint accepted calls
 * @param probes connections that were opened to see whether an endpoint accepts them
 * @param partialAnswers answers of DNS that listed a part of the endpoints, and removed none
 * @param retriesLeft how many retries of sent requests the budget allows at this moment
 * @param hedgedAttemptsLeft how many hedged attempts their budget allows at this moment
 */
public record ServiceActivity(
        long calls,
        long retries,
        long hedgedAttempts,
        long staleConnections,
        long pauses,
        long earlyLookups,
        long probes,
        long partialAnswers,
        int retriesLeft,
        int hedgedAttemptsLeft) {}
