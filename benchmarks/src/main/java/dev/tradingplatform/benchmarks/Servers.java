package dev.tradingplatform.benchmarks;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A DNS server and the endpoints of a service, in a JVM of their own: what they cost is not measured. */
public final class Servers implements AutoCloseable {

    static final String NAMESPACE = "trading-platform.local";
    static final String SERVICE = "stock-service";
    static final String PATH = "/api/v1/data/TICKER_1";

    /** A page of quotes has some kilobytes. */
    private static final String BODY = "{\"close\":\"101.25\"}\n".repeat(100);

    private final OtherJvm jvm;
    private final Addresses addresses;

    /**
     * Where the servers listen.
     *
     * @param nameserver as text
     * @param port of the first endpoint
     */
    record Addresses(String nameserver, int port) {

        static Addresses parse(String text) {
            String[] words = text.split(" ", -1);
            return new Addresses(words[0], Integer.parseInt(words[1]));
        }

        @Override
        public String toString() {
            return nameserver + " " + port;
        }
    }

    private Servers(OtherJvm jvm, Addresses addresses) {
        this.jvm = jvm;
        this.addresses = addresses;
    }

    /** Starts the servers. */
    static Servers start(int endpoints) throws IOException {
        OtherJvm jvm = OtherJvm.start(Servers.class, Integer.toString(endpoints));
        return new Servers(jvm, Addresses.parse(jvm.line()));
    }

    Addresses addresses() {
        return addresses;
    }

    @Override
    public void close() {
        jvm.close();
    }

    /** Serves until its input ends. */
    public static void main(String[] arguments) throws IOException {
        CloudMap cloudMap = CloudMap.of(CloudMapNamespace.of(NAMESPACE));
        List<Backend> backends = new ArrayList<>();
        for (int endpoint = 0; endpoint < Integer.parseInt(arguments[0]); endpoint++) {
            Backend backend = Backend.start();
            backend.behave(BackendBehaviour.answering(200, BODY));
            cloudMap.register(
                    SERVICE,
                    "task-" + endpoint,
                    backend.address().getAddress(),
                    backend.address().getPort());
            backends.add(backend);
        }
        try (DnsServer dns = DnsServer.start(cloudMap)) {
            System.out.println(
                    new Addresses(dns.nameserver(), backends.get(0).address().getPort()));
            while (System.in.read() >= 0) {
                // The parent process writes nothing; the end of its pipe is the end of this process.
            }
        }
        System.exit(0);
    }
}
