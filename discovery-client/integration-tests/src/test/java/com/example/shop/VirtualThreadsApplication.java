package com.example.shop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.springframework.boot.SpringApplication;
import org.springframework.web.client.RestClient;

/** Calls stock-service 100 times at once on virtual threads and reports which of them pinned their carrier thread. */
public class VirtualThreadsApplication {

    private static final int CALLS = 100;
    private static final Duration LONG = Duration.ofMillis(5);

    /** Calls once, so that classes are loaded and connections exist, and then measures. */
    public static void main(String[] arguments) throws Exception {
        try (var context = SpringApplication.run(ShopApplication.class, arguments);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                Recording recording = new Recording()) {
            RestClient stock = context.getBean(RestClient.Builder.class)
                    .baseUrl("http://stock-service")
                    .build();
            callAtOnce(callers, stock, 10);
            recording.enable("jdk.VirtualThreadPinned").withStackTrace().withThreshold(LONG);
            recording.start();
            long begin = System.nanoTime();
            long answered = callAtOnce(callers, stock, CALLS);
            long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
            recording.stop();
            System.out.println("answered: " + answered);
            System.out.println("milliseconds: " + millis);
            System.out.println("pinned by the library: " + pinned(recording));
        }
    }

    private static long callAtOnce(ExecutorService callers, RestClient stock, int calls) throws Exception {
        List<Future<String>> answers = IntStream.range(0, calls)
                .mapToObj(call -> callers.submit(() -> RunningShop.get(stock)))
                .toList();
        long answered = 0;
        for (Future<String> answer : answers) {
            answered += answer.get().equals("late") ? 1 : 0;
        }
        return answered;
    }

    private static List<RecordedEvent> pinned(Recording recording) throws Exception {
        Path file = Files.createTempFile("pinned", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> String.valueOf(event.getStackTrace()).contains("dev.tradingplatform.discovery"))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }
}
