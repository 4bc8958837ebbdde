package dev.tradingplatform.local.fake;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Serves as {@link FakeService} does, and never ends when it is asked to. */
public final class StubbornService {

    private StubbornService() {}

    /** Runs until killed with -9. */
    public static void main(String[] arguments) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        FakeService.main(arguments);
    }
}
