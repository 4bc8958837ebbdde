package dev.tradingplatform.signal.imports;

import dev.tradingplatform.signal.market.ImportAnswer;
import dev.tradingplatform.signal.market.Imports;
import dev.tradingplatform.signal.market.QuoteFile;
import dev.tradingplatform.signal.market.Ticker;
import dev.tradingplatform.signal.query.Query;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ImportController {

    /** The parameters of stock-service, which checks their values. */
    private static final List<String> PASSED_ON =
            List.of("timeframe", "mode", "onError", "onDuplicate", "dryRun", "zone", "dateFormat", "decimal");

    private final Imports imports;

    ImportController(Imports imports) {
        this.imports = imports;
    }

    @PostMapping("/api/v1/imports/{ticker}")
    ResponseEntity<byte[]> bring(@PathVariable("ticker") String name, HttpServletRequest request) throws IOException {
        Query query = new Query(parameters(request));
        Optional<Ticker> ticker = query.read(() -> new Ticker(name));
        Map<String, String> passedOn = query.finish(() -> passedOn(query));

        ImportAnswer answer = imports.send(
                ticker.orElseThrow(),
                new QuoteFile(
                        passedOn,
                        Optional.ofNullable(request.getContentType()),
                        Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_ENCODING)),
                        request.getContentLengthLong(),
                        Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)),
                        request.getInputStream()));
        return ResponseEntity.status(answer.status())
                .headers(headers -> answer.headers().forEach(headers::set))
                .header("Source-Endpoint", answer.endpoint())
                .body(answer.body().bytes());
    }

    /** Reads the query alone: the servlet API would take a form for parameters, and the file in it would be gone. */
    private static Map<String, String> parameters(HttpServletRequest request) {
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!pair.isEmpty()) {
                parameters.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** Returns a text that is not well percent-encoded as it is: no parameter has such a name or value. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    private static Map<String, String> passedOn(Query query) {
        Map<String, String> passedOn = new LinkedHashMap<>();
        PASSED_ON.forEach(name -> query.take(name).ifPresent(value -> passedOn.put(name, value)));
        return passedOn;
    }
}
