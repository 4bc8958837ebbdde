package dev.tradingplatform.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Sends GETs over loopback, one after the other. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CallBenchmark {

    /** The client that sends. */
    @Param({"APACHE", "DISCOVERY_CLIENT"})
    public Contender contender = Contender.APACHE;

    private AutoCloseable servers = () -> {};
    private Contender.Calls calls = () -> "";

    /** Creates the state that JMH fills. */
    public CallBenchmark() {}

    /** Starts the servers and opens the client. */
    @Setup
    public void open() throws IOException {
        Servers started = Servers.start(1);
        servers = started;
        calls = contender.open(started.addresses());
    }

    /** Stops the servers. */
    @TearDown
    public void close() throws Exception {
        servers.close();
    }

    /** Sends one GET. */
    @Benchmark
    public String get() throws IOException {
        return calls.get();
    }
}
