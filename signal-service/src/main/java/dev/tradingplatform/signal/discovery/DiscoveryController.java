package dev.tradingplatform.signal.discovery;

import dev.tradingplatform.signal.query.Query;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/discovery")
class DiscoveryController {

    private final ServiceStatuses statuses;
    private final EventStream stream;
    private final Rounds rounds;
    private final InstantSource clock;
    private final JsonMapper json;

    DiscoveryController(
            ServiceStatuses statuses, EventStream stream, Rounds rounds, InstantSource clock, JsonMapper json) {
        this.statuses = statuses;
        this.stream = stream;
        this.rounds = rounds;
        this.clock = clock;
        this.json = json;
    }

    @GetMapping
    ResponseEntity<DiscoveryView> discovery(@RequestParam Map<String, String> parameters) {
        new Query(parameters).finish();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view());
    }

    private DiscoveryView view() {
        return DiscoveryView.of(clock.instant(), statuses.now());
    }

    @GetMapping("/stream")
    void stream(@RequestParam Map<String, String> parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        new Query(parameters).finish();
        try (EventStream.Seat seat = stream.sit()) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // Nobody would notice the end of those who asked for a head only: nothing is written to them
            if (request.getMethod().equals("GET")) {
                seat.serve(response.getOutputStream(), this::event);
            }
        }
    }

    private String event() {
        rounds.walk();
        return json.writeValueAsString(view());
    }
}
