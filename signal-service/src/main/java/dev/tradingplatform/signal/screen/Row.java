package dev.tradingplatform.signal.screen;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tradingplatform.signal.market.SeriesKey;
import dev.tradingplatform.signal.market.Source;
import dev.tradingplatform.signal.market.Ticker;
import dev.tradingplatform.signal.strategy.Evaluation;
import dev.tradingplatform.signal.strategy.Position;
import dev.tradingplatform.signal.strategy.Standing;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/** What a screen says of one ticker: JSON only. */
sealed interface Row {

    Ticker ticker();

    /**
     * Where the strategy leaves one.
     *
     * @param ready whether there are enough bars
     */
    record Found(
            @JsonUnwrapped SeriesKey key,
            Standing.Signal signal,
            Position position,
            double strength,
            @Nullable Instant asOf,
            @Nullable Instant since,
            @Nullable Double price,
            String reason,
            boolean ready,
            Source source)
            implements Row {

        @Override
        @JsonIgnore
        public Ticker ticker() {
            return key.ticker();
        }

        static Found of(SeriesKey key, Evaluation evaluation, Source source) {
            Standing standing = evaluation.standing();
            return new Found(
                    key,
                    standing.signal(),
                    standing.position(),
                    standing.strength(),
                    standing.asOf(),
                    standing.since(),
                    standing.price(),
                    standing.reason(),
                    evaluation.warmup().ready(),
                    source);
        }
    }

    /** Why nothing can be said. */
    record Failed(Ticker ticker, Reason error) implements Row {

        /** The problem that the ticker alone would have been answered with. */
        record Reason(
                @Nullable URI type,
                @Nullable String title,
                int status,
                @Nullable String detail) {}

        static Failed of(Ticker ticker, ProblemDetail problem) {
            return new Failed(
                    ticker,
                    new Reason(problem.getType(), problem.getTitle(), problem.getStatus(), problem.getDetail()));
        }
    }
}
