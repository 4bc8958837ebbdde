package dev.tradingplatform.signal.answer;

import dev.tradingplatform.signal.market.Source;
import dev.tradingplatform.signal.market.SourcedBars;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.WebRequest;

/**
 * Answers about one ticker, with headers that say where its bars came from: a CSV file has no other place for it, and
 * an answer that has not changed is not sent again while its source has.
 */
public final class Answers {

    private Answers() {}

    /** What is so at this moment, never to be kept. */
    public static <T> ResponseEntity<T> now(Source source, T body) {
        return ResponseEntity.ok()
                .headers(headers -> write(source, headers))
                .cacheControl(CacheControl.noStore())
                .body(body);
    }

    /**
     * What stays the same as long as the bars do: 304 to those who have it. A stale answer is not to be kept, so that
     * it is gone when a replica is back.
     *
     * @param body a {@link Csv}, or what becomes JSON; asked for only when it is sent
     */
    public static ResponseEntity<Object> kept(
            SourcedBars sourced, Format format, WebRequest request, Supplier<Object> body) {
        Source source = sourced.source();
        if (source.stale()) {
            return written(ResponseEntity.ok().cacheControl(CacheControl.noStore()), source, format, body.get());
        }
        // Weak: the same values, while endpoint and time of the source may differ
        String tag = "W/\"%s-%s\"".formatted(sourced.version(), format.word());
        if (request.checkNotModified(tag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .headers(headers -> write(source, headers))
                    .build();
        }
        return written(ResponseEntity.ok().cacheControl(CacheControl.noCache()), source, format, body.get());
    }

    private static ResponseEntity<Object> written(
            ResponseEntity.BodyBuilder answer, Source source, Format format, Object body) {
        if (body instanceof Csv csv) {
            answer.headers(headers -> headers.setContentDisposition(ContentDisposition.attachment()
                    .filename(csv.name() + ".csv")
                    .build()));
        }
        return answer.headers(headers -> write(source, headers))
                .varyBy(HttpHeaders.ACCEPT)
                .contentType(format.type())
                .body(body);
    }

    private static void write(Source source, HttpHeaders headers) {
        if (headers.getFirst(HttpHeaders.CONTENT_DISPOSITION) == null) {
            // Without it, Spring names the file f.txt if a path ends like a file name: /api/v1/signals/BRK.B
            headers.setContentDisposition(ContentDisposition.inline().build());
        }
        headers.set("Source-Endpoint", source.endpoint());
        headers.set("Source-Revision", Long.toString(source.revision()));
        headers.set("Source-As-Of", source.dataAsOf().toString());
        headers.set("Source-Stale", Boolean.toString(source.stale()));
        if (source.stale()) {
            headers.set("Source-Stale-Seconds", Long.toString(source.staleSeconds()));
        }
    }
}
