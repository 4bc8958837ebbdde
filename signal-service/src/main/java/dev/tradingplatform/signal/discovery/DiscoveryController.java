package dev.tradingplatform.signal.discovery;

import java.time.InstantSource;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/discovery")
class DiscoveryController {

    private final ServiceStatuses statuses;
    private final InstantSource clock;

    DiscoveryController(ServiceStatuses statuses, InstantSource clock) {
        this.statuses = statuses;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<DiscoveryView> discovery() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(DiscoveryView.of(clock.instant(), statuses.now()));
    }
}
