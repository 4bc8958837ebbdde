package dev.tradingplatform.stock.storage;

import org.springframework.context.annotation.Bean;

/** Makes the service take any directory for one of a network. Never scanned: it has no stereotype. */
public class NetworkFileSystem {

    @Bean
    FileSystemKinds kinds() {
        return _ -> "nfs4";
    }
}
