package dev.tradingplatform.local;

import dev.tradingplatform.local.replica.StartFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who listens where. Immutable.
 *
 * @param dns the stand-in for Cloud Map's DNS
 * @param signal signal-service
 * @param stocks the stock-services, at least one
 */
record Layout(InetSocketAddress dns, InetSocketAddress signal, List<InetSocketAddress> stocks) {

    private static final InetSocketAddress FIRST_STOCK =
            new InetSocketAddress(InetAddress.ofLiteral("127.0.1.101"), 8080);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    /** Where there is one address only, the first replica has this port; SRV records carry it. */
    private static final int FIRST_PORT = 8101;

    Layout {
        stocks = List.copyOf(stocks);
    }

    /**
     * Finds a place for everybody and makes sure that nobody else is there.
     *
     * @throws StartFailure if an address is not this machine's or a port is taken
     */
    static Layout choose(Options options) {
        List<InetSocketAddress> stocks = options.firstStock()
                .map(first -> onNextAddresses(options.replicas(), first))
                .orElseGet(() -> stocks(options.replicas(), FIRST_STOCK.getAddress()));
        Layout layout = new Layout(options.dns(), options.signal(), stocks);
        Stream.concat(Stream.of(layout.dns, layout.signal), stocks.stream()).forEach(Layout::requireFree);
        requireFreeForUdp(layout.dns);
        return layout;
    }

    /** One address each beginning with this one, or, where the machine does not have it, ports of the one it has. */
    static List<InetSocketAddress> stocks(int replicas, InetAddress first) {
        return isOurs(first)
                ? onNextAddresses(replicas, new InetSocketAddress(first, FIRST_STOCK.getPort()))
                : IntStream.range(0, replicas)
                        .mapToObj(n -> new InetSocketAddress(LOOPBACK, FIRST_PORT + n))
                        .toList();
    }

    /** Whether each stock-service has an address of its own, as each task has in a VPC. */
    boolean hasAddressesForAll() {
        return stocks.stream().map(InetSocketAddress::getAddress).distinct().count() == stocks.size();
    }

    private static List<InetSocketAddress> onNextAddresses(int replicas, InetSocketAddress first) {
        return IntStream.range(0, replicas)
                .mapToObj(n -> new InetSocketAddress(plus(first.getAddress(), n), first.getPort()))
                .toList();
    }

    private static void requireFree(InetSocketAddress place) {
        if (!isOurs(place.getAddress())) {
            throw new StartFailure(
                    "%s is not an address of this machine; on macOS, 'sudo ifconfig lo0 alias %s' adds it."
                            .formatted(text(place.getAddress()), text(place.getAddress())));
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(place);
        } catch (IOException e) {
            throw taken(place, e);
        }
    }

    private static void requireFreeForUdp(InetSocketAddress place) {
        try (DatagramSocket socket = new DatagramSocket(place)) {
            socket.disconnect();
        } catch (IOException e) {
            throw taken(place, e);
        }
    }

    private static StartFailure taken(InetSocketAddress place, IOException cause) {
        return new StartFailure(
                cause instanceof BindException
                        ? "Port %d of %s is taken by another program: end that one (another start of this platform?) and try again."
                                .formatted(place.getPort(), text(place.getAddress()))
                        : "%s cannot be listened on: %s.".formatted(place, cause.getMessage()));
    }

    private static boolean isOurs(InetAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress plus(InetAddress address, int n) {
        byte[] bytes = address.getAddress();
        int last = (bytes[bytes.length - 1] & 0xFF) + n;
        if (last > 0xFF) {
            throw new StartFailure("stock: %s leaves no room for %d more addresses.".formatted(text(address), n));
        }
        bytes[bytes.length - 1] = (byte) last;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for a wrong length
        }
    }

    private static String text(InetAddress address) {
        return address.getHostAddress();
    }
}
