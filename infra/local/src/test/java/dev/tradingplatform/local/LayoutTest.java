package dev.tradingplatform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LayoutTest {

    private final Loopback loopback = new Loopback(RandomGenerator.getDefault());

    @Test
    void givesEveryReplicaTheNextAddressAndTheSamePort() throws IOException {
        InetSocketAddress first = loopback.place(101);

        List<InetSocketAddress> stocks = Layout.choose(options(first)).stocks();

        assertThat(stocks)
                .hasSize(3)
                .allSatisfy(place -> assertThat(place.getPort()).isEqualTo(first.getPort()));
        assertThat(stocks)
                .extracting(place -> place.getAddress().getAddress()[3])
                .containsExactly((byte) 101, (byte) 102, (byte) 103);
    }

    @Test
    void givesReplicasPortsOfOneAddressWhereThereIsOnlyOne() {
        List<InetSocketAddress> stocks = Layout.stocks(3, InetAddress.ofLiteral("192.0.2.1"));

        assertThat(stocks)
                .extracting(Story::address)
                .containsExactly("127.0.0.1:8101", "127.0.0.1:8102", "127.0.0.1:8103");
        assertThat(new Layout(stocks.getFirst(), stocks.getFirst(), stocks).hasAddressesForAll())
                .isFalse();
    }

    private Options options(InetSocketAddress firstStock) throws IOException {
        return Options.parse(List.of(
                "--stock-jar=stock.jar",
                "--signal-jar=signal.jar",
                "--dns=" + Story.address(loopback.place(1)),
                "--signal=" + Story.address(loopback.place(2)),
                "--stock=" + Story.address(firstStock)));
    }
}
