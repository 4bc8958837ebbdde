package dev.tradingplatform.signal.imports;

import dev.tradingplatform.signal.market.ImportAnswer;
import dev.tradingplatform.signal.market.Imports;
import dev.tradingplatform.signal.market.QuoteFile;
import dev.tradingplatform.signal.market.Ticker;
import dev.tradingplatform.signal.query.Query;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ImportController {

    /** What stock-service understands and judges; its timeframe is always a day here. */
    private static final List<String> PASSED_ON = List.of("mode", "onError", "dryRun", "zone", "dateFormat");

    private final Imports imports;

    ImportController(Imports imports) {
        this.imports = imports;
    }

    @PostMapping("/api/v1/imports/{ticker}")
    ResponseEntity<byte[]> bring(
            @PathVariable("ticker") String name,
            @RequestParam Map<String, String> parameters,
            HttpServletRequest request)
            throws IOException {
        Query query = new Query(parameters);
        Optional<Ticker> ticker = query.read(() -> new Ticker(name));
        Map<String, String> passedOn = query.finish(() -> passedOn(query));

        ImportAnswer answer = imports.send(
                ticker.orElseThrow(),
                new QuoteFile(
                        passedOn,
                        Optional.ofNullable(request.getContentType()),
                        request.getContentLengthLong(),
                        Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)),
                        request.getInputStream()));
        return ResponseEntity.status(answer.status())
                .headers(headers -> answer.headers().forEach(headers::set))
                .header("Source-Endpoint", answer.endpoint())
                .body(answer.body().bytes());
    }

    private static Map<String, String> passedOn(Query query) {
        Map<String, String> passedOn = new LinkedHashMap<>();
        PASSED_ON.forEach(name -> query.take(name).ifPresent(value -> passedOn.put(name, value)));
        return passedOn;
    }
}
