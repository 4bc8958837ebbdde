package dev.tradingplatform.local.replica;

import dev.tradingplatform.local.child.Program;
import java.net.InetSocketAddress;
import java.util.function.Function;

/**
 * What a replica is, whichever process plays it at the moment. Immutable.
 *
 * @param title what people call it, unique: {@code stock-service 2}
 * @param service its service in Cloud Map
 * @param address where it listens, every time it is started
 * @param program how to start it, given its new instance id
 */
public record ReplicaSpec(String title, String service, InetSocketAddress address, Function<String, Program> program) {

    String logName() {
        return title.replace(' ', '-');
    }
}
