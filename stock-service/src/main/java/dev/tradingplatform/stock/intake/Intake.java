package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.spool.Spool;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Reads and checks bodies. Safe for concurrent use. */
@Component
@EnableConfigurationProperties(IntakeSettings.class)
public class Intake {

    private static final Duration AHEAD = Duration.ofDays(1);

    private final IntakeSettings settings;
    private final InstantSource clock;
    private final Spool spool;

    Intake(IntakeSettings settings, InstantSource clock, Spool spool) {
        this.settings = settings;
        this.clock = clock;
        this.spool = spool;
    }

    /**
     * Reads a body to its end, and touches no database.
     *
     * @return everything that is good in it and everything that is wrong with it, to be closed by the caller
     * @throws TooManyRowsException if it has more rows or tickers than one request may bring
     * @throws IOException if the client does not send it to its end
     */
    public Harvest read(Reader body, BodyFormat format, IntakeOptions options) throws IOException {
        long latest = clock.instant().plus(AHEAD).getEpochSecond();
        BarRules rules = new BarRules(options.timeframe(), options.format(), latest);
        BarSpool bars = new BarSpool(spool);
        boolean done = false;
        try {
            Collector collector = new Collector(options, rules, settings, bars);
            format.read(body, collector);
            Harvest harvest = collector.harvest();
            done = true;
            return harvest;
        } finally {
            if (!done) {
                bars.close();
            }
        }
    }
}
