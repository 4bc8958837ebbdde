package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.spool.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Reads bars from bodies. Safe for concurrent use. */
@Component
@EnableConfigurationProperties(ImportSettings.class)
public class BarParser {

    private static final Duration AHEAD = Duration.ofDays(1);

    private final ImportSettings settings;
    private final InstantSource clock;
    private final Spool spool;

    BarParser(ImportSettings settings, InstantSource clock, Spool spool) {
        this.settings = settings;
        this.clock = clock;
        this.spool = spool;
    }

    /**
     * Reads a body to its end; the database is not touched.
     *
     * @param charset of the body, unless its first bytes say otherwise
     * @return the bars and everything that is wrong with the body, to be closed by the caller
     * @throws TooManyRowsException if it has more rows or tickers than one request may bring
     * @throws IOException if the client does not send it to its end
     */
    public ImportResult read(InputStream body, Charset charset, ImportFormat format, ImportOptions options)
            throws IOException {
        long latest = clock.instant().plus(AHEAD).getEpochSecond();
        BarSpool bars = new BarSpool(spool, options.onDuplicate());
        boolean done = false;
        try {
            ImportCollector collector = new ImportCollector(format, options, settings, bars, latest);
            format.read(body, charset, collector);
            ImportResult result = collector.result();
            done = true;
            return result;
        } finally {
            if (!done) {
                bars.close();
            }
        }
    }
}
