package dev.tradingplatform.signal.market;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Quotes on their way to stock-service. To be sent once: the content is read as it comes and not kept.
 *
 * @param parameters how they are to be imported, for stock-service to judge
 * @param type of the content, as its sender named it; empty when it did not
 * @param encoding of the content, such as gzip; empty when there is none
 * @param length of the content in bytes; -1 when it is not known
 * @param authorization what the sender shows to be allowed to; empty for nothing
 * @param content read to its end at most once
 */
public record QuoteFile(
        Map<String, String> parameters,
        Optional<String> type,
        Optional<String> encoding,
        long length,
        Optional<String> authorization,
        InputStream content) {

    /** Copies the parameters. */
    public QuoteFile {
        parameters = Map.copyOf(parameters);
    }
}
