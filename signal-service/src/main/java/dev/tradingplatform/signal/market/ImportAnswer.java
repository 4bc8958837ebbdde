package dev.tradingplatform.signal.market;

import java.util.Map;

/**
 * What stock-service said to an import. Immutable by agreement: the body is only read.
 *
 * @param status of its answer, a refusal included
 * @param headers those that are for the sender of the quotes as well, by name
 * @param body a summary or a problem document
 * @param endpoint the replica that took it
 */
public record ImportAnswer(int status, Map<String, String> headers, Content body, String endpoint) {

    /** Bytes, shared and only read. */
    public static final class Content {

        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Only to be read. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /** Copies the headers. */
    public ImportAnswer {
        headers = Map.copyOf(headers);
    }
}
