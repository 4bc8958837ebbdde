package com.example.shop;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.BackendRequest;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.util.List;
import java.util.stream.Stream;

/** The two endpoints of stock-service that most tests have. */
record StockEndpoints(Backend first, Backend second) {

    /** Starts two backends and registers them; the extension stops them. */
    static StockEndpoints register(CloudMapExtension cloudMap) {
        return new StockEndpoints(cloudMap.backend("stock-service"), cloudMap.backend("stock-service"));
    }

    void behave(BackendBehaviour behaviour) {
        first.behave(behaviour);
        second.behave(behaviour);
    }

    /** Returns the requests that were executed, also those whose response did not reach the client. */
    List<BackendRequest> executed() {
        return Stream.of(first, second)
                .flatMap(backend -> backend.executed().stream())
                .toList();
    }

    /** Returns the requests whose headers arrived, without their bodies. */
    List<BackendRequest> received() {
        return Stream.of(first, second)
                .flatMap(backend -> backend.received().stream())
                .toList();
    }
}
