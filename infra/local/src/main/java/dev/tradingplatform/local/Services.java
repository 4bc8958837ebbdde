package dev.tradingplatform.local;

import dev.tradingplatform.local.child.Program;
import dev.tradingplatform.local.replica.ReplicaSpec;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the two services are called on the command line, and what they are called in Cloud Map. */
final class Services {

    /** The DNS namespace. */
    static final String NAMESPACE = "trading-platform.local";

    /** stock-service's name in it. */
    static final String STOCK = "stock-service";

    /** signal-service's name in it. */
    static final String SIGNAL = "signal-processing-service";

    /** Many JVMs on few cores: what makes them start quickly and stay small matters, peak speed does not. */
    private static final List<String> JVM_ARGUMENTS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED");

    private Services() {}

    static ReplicaSpec stock(int number, InetSocketAddress address, Path jar, Path database) {
        return new ReplicaSpec(STOCK + " " + number, STOCK, address, instanceId -> {
            List<String> arguments = new ArrayList<>(listeningOn(address));
            arguments.add("--stock.database.file=" + database);
            arguments.add("--stock.instance-id=" + instanceId);
            return new Program(jar, JVM_ARGUMENTS, arguments);
        });
    }

    static ReplicaSpec signal(InetSocketAddress address, Path jar, InetSocketAddress dns) {
        return new ReplicaSpec("signal-service", SIGNAL, address, _ -> {
            List<String> arguments = new ArrayList<>(listeningOn(address));
            arguments.add(
                    "--discovery.nameservers=%s:%d".formatted(dns.getAddress().getHostAddress(), dns.getPort()));
            arguments.add("--discovery.namespace=" + NAMESPACE);
            // Refused by default: in a VPC, an answer that points to the caller itself is an attack or a mistake.
            arguments.add("--discovery.loopback=true");
            return new Program(jar, JVM_ARGUMENTS, arguments);
        });
    }

    private static List<String> listeningOn(InetSocketAddress address) {
        return List.of(
                "--server.address=" + address.getAddress().getHostAddress(), "--server.port=" + address.getPort());
    }
}
