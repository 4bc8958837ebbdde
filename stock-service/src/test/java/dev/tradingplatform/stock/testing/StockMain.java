package dev.tradingplatform.stock.testing;

import java.util.Arrays;
import org.springframework.boot.SpringApplication;

/** Starts the service on a storage. */
final class StockMain {

    private StockMain() {}

    /** Runs it; the first argument names the storage. */
    public static void main(String[] args) {
        Class<?>[] sources = TestStorage.valueOf(args[0]).sources();
        SpringApplication.run(sources, Arrays.copyOfRange(args, 1, args.length));
    }
}
