package dev.tradingplatform.discovery.http;

import java.time.Duration;

/** The attempts of a call that run at the same time, as one of them sees them. Safe for concurrent use. */
interface Race {

    /** An attempt without a competitor. */
    Race ALONE = new Race() {
        @Override
        public Duration hedgeAfter() {
            return Duration.ZERO;
        }

        @Override
        public boolean onSlow() {
            return true;
        }

        @Override
        public boolean claim(Attempt winner) {
            return true;
        }

        @Override
        public boolean hedged() {
            return false;
        }
    };

    /** Returns how long the attempt waits for response headers before {@link #onSlow}; zero for never. */
    Duration hedgeAfter();

    /** Starts a hedged attempt, if budget and endpoints allow one; returns whether there is one now. */
    boolean onSlow();

    /** Makes an attempt's response the one that the caller gets; returns false if there is one already. */
    boolean claim(Attempt winner);

    /** Returns whether the attempt was started because another one was slow. */
    boolean hedged();
}
