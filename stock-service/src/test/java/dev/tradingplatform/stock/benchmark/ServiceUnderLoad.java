package dev.tradingplatform.stock.benchmark;

import dev.tradingplatform.stock.StockServiceApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as a process with a heap of 128 MiB, and a client of it. */
final class ServiceUnderLoad implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+)");

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private ServiceUnderLoad(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(this::watch);
    }

    static ServiceUnderLoad start(Path file) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ServiceUnderLoad(new ProcessBuilder(List.of(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StockServiceApplication.class.getName(),
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--stock.database.file=" + file))
                .redirectErrorStream(true)
                .start());
    }

    String importCsv(String ticker, Path csv) throws IOException, InterruptedException {
        HttpRequest request = request(ticker + "?timeframe=1m")
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofFile(csv))
                .build();
        return checked(client.send(request, HttpResponse.BodyHandlers.ofString()))
                .body();
    }

    long exportCsv(String ticker, int rows) throws IOException, InterruptedException {
        HttpRequest request =
                request(ticker + "?timeframe=1m&format=csv&limit=" + rows).build();
        try (InputStream body = checked(client.send(request, HttpResponse.BodyHandlers.ofInputStream()))
                .body()) {
            return body.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Reads by a client without threads of its own, whose part in the time is small. */
    byte[] readJson(String ticker, int rows) throws IOException {
        URL address =
                request(ticker + "?timeframe=1m&limit=" + rows).build().uri().toURL();
        try (InputStream body = address.openConnection().getInputStream()) {
            return body.readAllBytes();
        }
    }

    /** Returns how many KiB of the heap are reachable; counted while the service stands still, so without garbage. */
    long liveHeap() throws IOException {
        Matcher total = TOTAL.matcher(ask("GC.class_histogram"));
        if (!total.find()) {
            throw new IOException("the service's heap could not be counted");
        }
        return Long.parseLong(total.group(1)) >> 10;
    }

    /** Returns the most of that while work is done. */
    long mostLiveHeapWhile(Callable<?> work) throws Exception {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                work.call();
                done.complete(true);
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        long most = 0;
        while (!done.isDone()) {
            most = Math.max(most, liveHeap());
        }
        done.join();
        return most;
    }

    private String ask(String question) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), question).start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.join() + "/api/v1/data/" + path));
    }

    private static <T> HttpResponse<T> checked(HttpResponse<T> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response + " " + response.body());
        }
        return response;
    }

    private void watch() {
        try (var lines = process.inputReader()) {
            lines.lines().forEach(line -> {
                Matcher started = STARTED.matcher(line);
                if (started.find()) {
                    port.complete(Integer.parseInt(started.group(1)));
                }
                if (line.contains("ERROR") || line.contains("WARN")) {
                    System.err.println(line);
                }
            });
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
        port.completeExceptionally(new IllegalStateException("the service ended"));
    }
}
