package dev.tradingplatform.local.fake;

import java.util.stream.IntStream;

/** Says a lot and ends before it is ready. */
public final class FailingService {

    private FailingService() {}

    /** Prints 30 lines and a stack trace and ends with status 3. */
    public static void main(String[] arguments) {
        IntStream.rangeClosed(1, 30).forEach(n -> System.out.println("reason " + n));
        new IllegalStateException("the last reason").printStackTrace(System.out);
        System.exit(3);
    }
}
