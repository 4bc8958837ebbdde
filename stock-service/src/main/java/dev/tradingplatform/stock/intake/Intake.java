package dev.tradingplatform.stock.intake;

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

    Intake(IntakeSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Reads a body to its end, and touches no database.
     *
     * @return everything that is good in it and everything that is wrong with it
     * @throws TooManyRowsException if it has more rows than one request may bring
     * @throws IOException if the client does not send it to its end
     */
    public Harvest read(Reader body, BodyFormat format, IntakeOptions options) throws IOException {
        long latest = clock.instant().plus(AHEAD).getEpochSecond();
        BarRules rules = new BarRules(options.timeframe(), options.format(), latest);
        Collector collector = new Collector(options, rules, settings.maxRows());
        format.read(body, collector);
        return collector.harvest();
    }
}
