package dev.tradingplatform.stock.api;

import static java.util.Objects.requireNonNullElse;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.bind.annotation.BindParam;

/** Which changes a client requests. */
record ChangesQuery(
        @Parameter(
                description = "The number up to which the client has read.",
                schema = @Schema(type = "integer", format = "int64", minimum = "0", defaultValue = "0"))
        String after,

        @Parameter(description = "Maximum number of series in the answer.", schema = @Schema(defaultValue = "1000"))
        @Min(1)
        @Max(MAX_LIMIT)
        Integer limit,

        // A record component cannot have the name of a method of Object.
        @BindParam("wait")
        @Parameter(
                name = "wait",
                description = "How long the answer may wait for a change if there is none, 0s to 60s.",
                schema = @Schema(type = "string", pattern = "^\\d+s?$", defaultValue = "0s"),
                example = "20s")
        String maxWait)
        implements RequestParameters {

    /** An answer of so many entries fits into the buffers of a connection. */
    private static final int MAX_LIMIT = 1000;

    private static final long MAX_WAIT_SECONDS = 60;

    ChangesQuery {
        after = requireNonNullElse(after, "0");
        limit = requireNonNullElse(limit, MAX_LIMIT);
        maxWait = requireNonNullElse(maxWait, "0s");
    }

    @Override
    public void check(ParameterFaults faults) {
        if (parsedNumber().isEmpty()) {
            faults.refuse("after", "out-of-range", after, "an integer from 0");
        }
        if (parsedWait().isEmpty()) {
            faults.refuse("wait", "out-of-range", maxWait, "0s to " + MAX_WAIT_SECONDS + "s");
        }
    }

    long number() {
        return parsedNumber().orElse(0L);
    }

    Duration waiting() {
        return parsedWait().orElse(Duration.ZERO);
    }

    private Optional<Long> parsedNumber() {
        return Optional.of(after).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }

    private Optional<Duration> parsedWait() {
        return Optional.of(maxWait)
                .filter(text -> text.matches("\\d{1,9}s?"))
                .map(text -> Long.parseLong(text.replace("s", "")))
                .filter(seconds -> seconds <= MAX_WAIT_SECONDS)
                .map(Duration::ofSeconds);
    }
}
