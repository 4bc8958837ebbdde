package dev.tradingplatform.discovery.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads HTTP/1.1 requests (RFC 9112) from one connection. For one thread. */
final class RequestReader {

    private static final int MAX_HEAD = 65_536;
    private static final int MAX_CHUNK_LINE = 1_024;
    private static final int HEXADECIMAL = 16;
    private static final int BUFFER = 16_384;

    private final InputStream in;

    RequestReader(InputStream in) {
        this.in = new BufferedInputStream(in, BUFFER);
    }

    /** The bytes are not an HTTP request. */
    static final class Malformed extends IOException {

        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /**
     * Request line and headers.
     *
     * @param headers values by name in lower case
     */
    record Head(String method, String path, String version, Map<String, List<String>> headers) {

        String last(String name) {
            List<String> values = headers.getOrDefault(name, List.of());
            return values.isEmpty() ? "" : values.getLast();
        }

        boolean hasToken(String name, String token) {
            return headers.getOrDefault(name, List.of()).stream()
                    .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(token));
        }

        boolean isChunked() {
            return hasToken("transfer-encoding", "chunked");
        }

        boolean expectsContinue() {
            return hasToken("expect", "100-continue");
        }

        /** RFC 9112 §9.3. */
        boolean asksToClose() {
            return hasToken("connection", "close")
                    || (version.equals("HTTP/1.0") && !hasToken("connection", "keep-alive"));
        }
    }

    /**
     * A body, of which only the beginning is kept.
     *
     * @param text the beginning, decoded as UTF-8
     */
    record Body(String text, long length, String sha256) {

        /** The body of a request of which none was read. */
        static final Body NONE = new Digest().body();
    }

    /** Waits until a request begins to arrive. */
    void await() throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            throw new EOFException("The client closed the connection");
        }
        in.reset();
    }

    /** Reads the request line and the headers. */
    Head head() throws IOException {
        int first = in.read();
        if (first < '!' || first > '~') {
            throw new Malformed("The first byte is " + first + ", not the first character of a method");
        }
        List<String> lines = new ArrayList<>();
        int left = MAX_HEAD;
        String line = Character.toString(first) + line(left);
        while (!line.isEmpty()) {
            lines.add(line);
            left -= line.length();
            line = line(left);
        }
        String[] start = lines.getFirst().split(" ", -1);
        if (start.length != 3) {
            throw new Malformed("The request line is \"" + lines.getFirst() + "\"");
        }
        return new Head(start[0], start[1], start[2], headers(lines.subList(1, lines.size())));
    }

    private static Map<String, List<String>> headers(List<String> lines) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** Reads the body of a request. */
    Body body(Head head) throws IOException {
        Digest digest = new Digest();
        if (head.isChunked()) {
            long chunk = chunkSize();
            while (chunk > 0) {
                read(chunk, digest);
                line(MAX_CHUNK_LINE);
                chunk = chunkSize();
            }
            skipTrailers();
        } else {
            String length = head.last("content-length");
            read(length.isEmpty() ? 0 : number(length, 10), digest);
        }
        return digest.body();
    }

    private void skipTrailers() throws IOException {
        String trailer = line(MAX_HEAD);
        while (!trailer.isEmpty()) {
            trailer = line(MAX_HEAD);
        }
    }

    private long chunkSize() throws IOException {
        String line = line(MAX_CHUNK_LINE);
        int extension = line.indexOf(';');
        return number((extension < 0 ? line : line.substring(0, extension)).strip(), HEXADECIMAL);
    }

    private static long number(String text, int radix) throws Malformed {
        try {
            long number = Long.parseLong(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported as a negative number is.
        }
        throw new Malformed("The length is \"" + text + "\"");
    }

    private void read(long length, Digest digest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException("The body ended " + left + " bytes early");
            }
            digest.add(buffer, count);
            left -= count;
        }
    }

    private String line(int max) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The client closed the connection within a request");
            }
            if (line.size() >= max) {
                throw new Malformed("A line or all headers together are longer than " + MAX_HEAD + " bytes");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static final class Digest {

        private final MessageDigest sha256;
        private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        private long length;

        Digest() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every JDK has it
            }
        }

        void add(byte[] bytes, int count) {
            sha256.update(bytes, 0, count);
            beginning.write(bytes, 0, Math.min(count, BackendRequest.MAX_BODY_KEPT - beginning.size()));
            length += count;
        }

        Body body() {
            return new Body(
                    beginning.toString(StandardCharsets.UTF_8),
                    length,
                    HexFormat.of().formatHex(sha256.digest()));
        }
    }
}
