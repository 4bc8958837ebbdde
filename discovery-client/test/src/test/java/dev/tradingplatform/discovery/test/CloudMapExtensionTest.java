package dev.tradingplatform.discovery.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class CloudMapExtensionTest {

    private static final String NAME = "stock-service.trading-platform.local.";

    /** What the classes below did, in order; they run one after another. */
    private static final List<Object> STEPS = new ArrayList<>();

    @AfterEach
    void forgetSteps() {
        STEPS.clear();
    }

    static class WithStaticField {

        @RegisterExtension
        static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

        static Backend ofClass = Backend.start();

        @BeforeAll
        static void start() {
            ofClass = CLOUD_MAP.register("stock-service", ofClass);
        }

        @BeforeEach
        void record() throws IOException {
            STEPS.add(CLOUD_MAP.dns().address());
            STEPS.add(ofClass);
            STEPS.add(addresses(CLOUD_MAP));
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class TwoTests extends WithStaticField {

        @Test
        @Order(1)
        void changesEverything() throws IOException {
            STEPS.add(CLOUD_MAP.backend("stock-service"));
            STEPS.add(addresses(CLOUD_MAP));
            CLOUD_MAP.deregister(ofClass);
            CLOUD_MAP
                    .cloudMap()
                    .register(
                            "stock-service", "other", CLOUD_MAP.dns().address().getAddress(), 1);
            CLOUD_MAP.dns().fault(DnsFault.rcode(Rcode.SERVFAIL));
            CLOUD_MAP.dns().tcp(TcpMode.REFUSING);
            CLOUD_MAP.dns().handler(query -> DnsHandler.response(query, Rcode.REFUSED));
        }

        @Test
        @Order(2)
        void findsEverythingAsItWas() throws IOException {
            try (DnsProbe probe = new DnsProbe(CLOUD_MAP.dns().address())) {
                assertThat(CLOUD_MAP.dns().queries().count()).isEqualTo(1);
                assertThat(probe.tcp(DnsProbe.query(NAME, Type.SRV)).getSection(Section.ANSWER))
                        .hasSize(1);
            }
        }
    }

    @Test
    void restoresTheStateOfTheClassAfterEachTest() {
        run(2, TwoTests.class);

        // before the first test, within it, before the second
        assertThat(STEPS.get(2)).isEqualTo(1);
        assertThat(STEPS.get(4)).isEqualTo(2);
        assertThat(STEPS.get(7)).isEqualTo(1);
        assertThat(STEPS.get(5)).isEqualTo(STEPS.get(0));
        assertThat(STEPS.get(6)).isEqualTo(STEPS.get(1));
        assertThatEnded((Backend) STEPS.get(1));
        assertThatEnded((Backend) STEPS.get(3));
        assertThatEnded((InetSocketAddress) STEPS.get(0));
    }

    static class WithBackendOfAStaticField {

        @RegisterExtension
        static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

        static final Backend BACKEND = CLOUD_MAP.backend("stock-service");

        @Test
        void one() throws IOException {
            assertThat(addresses(CLOUD_MAP)).isEqualTo(1);
            STEPS.add(BACKEND);
        }

        @Test
        void two() throws IOException {
            assertThat(addresses(CLOUD_MAP)).isEqualTo(1);
        }
    }

    @Test
    void closesBackendsOfStaticFieldsAfterTheClass() {
        run(2, WithBackendOfAStaticField.class);

        assertThatEnded((Backend) STEPS.get(0));
    }

    static class InheritsTheField extends WithField {}

    static class InheritsTheFieldToo extends WithField {}

    static class WithField {

        @RegisterExtension
        static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

        @Test
        void works() throws IOException {
            CLOUD_MAP.backend("stock-service");
            assertThat(addresses(CLOUD_MAP)).isEqualTo(1);
            STEPS.add(CLOUD_MAP.nameserver());
        }
    }

    @Test
    void listensOnTheSamePortForAllClassesThatInheritTheField() {
        run(2, InheritsTheField.class, InheritsTheFieldToo.class);

        assertThat(STEPS.get(0)).isEqualTo(STEPS.get(1)).asString().startsWith("127.0.0.1:");
    }

    static class WithInstanceField {

        @RegisterExtension
        final CloudMapExtension cloudMap = CloudMapExtension.withNamespace("trading-platform.local")
                .answeringWith(handler -> handler.withRandomSubset(1, new Random(1)));

        @BeforeEach
        void start() {
            STEPS.add(cloudMap.backend("stock-service"));
            STEPS.add(cloudMap.dns().address());
        }

        @Test
        void one() throws IOException {
            cloudMap.backend("stock-service");
            assertThat(addresses(cloudMap)).isEqualTo(1);
        }

        @Test
        void two() throws IOException {
            assertThat(addresses(cloudMap)).isEqualTo(1);
        }
    }

    @Test
    void endsAfterEachTestInAnInstanceField() {
        run(2, WithInstanceField.class);

        for (Object step : STEPS) {
            if (step instanceof Backend backend) {
                assertThatEnded(backend);
            } else {
                assertThatEnded((InetSocketAddress) step);
            }
        }
    }

    static class WithNestedClasses {

        @RegisterExtension
        static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

        @BeforeAll
        static void start() {
            CLOUD_MAP.backend("stock-service");
        }

        @Test
        void outer() throws IOException {
            assertThat(addresses(CLOUD_MAP)).isEqualTo(1);
        }

        @Nested
        class Inner {

            @BeforeEach
            void start() {
                CLOUD_MAP.backend("stock-service");
            }

            @Test
            void one() throws IOException {
                assertThat(addresses(CLOUD_MAP)).isEqualTo(2);
            }

            @Test
            void two() throws IOException {
                assertThat(addresses(CLOUD_MAP)).isEqualTo(2);
            }
        }
    }

    @Test
    void keepsBackendsOfTheOuterClassForNestedClasses() {
        run(3, WithNestedClasses.class);
    }

    static class WithHealth {

        @RegisterExtension
        static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

        @Test
        void works() throws IOException {
            Backend one = CLOUD_MAP.backend("stock-service");
            Backend two = CLOUD_MAP.backend("stock-service");
            CLOUD_MAP.health(one, false);
            assertThat(addresses(CLOUD_MAP)).isEqualTo(1);
            CLOUD_MAP.health(one, true);
            assertThat(addresses(CLOUD_MAP)).isEqualTo(2);
            CLOUD_MAP.deregister(two);
            assertThat(addresses(CLOUD_MAP)).isEqualTo(1);
            assertThat(two.connections()).isZero();
        }
    }

    @Test
    void changesHealthAndRegistrationOfBackends() {
        run(1, WithHealth.class);
    }

    static class WithTls {

        @RegisterExtension
        static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

        @Test
        void works() throws IOException {
            TestCertificates authority = TestCertificates.create();
            Backend backend = CLOUD_MAP.tlsBackend("stock-service", authority);
            try (SSLSocket socket =
                    (SSLSocket) authority.context().getSocketFactory().createSocket()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName("stock-service.trading-platform.local")));
                socket.setSSLParameters(parameters);
                socket.connect(backend.address());
                socket.startHandshake();

                assertThat(socket.getSession().getPeerPrincipal().getName())
                        .isEqualTo("CN=stock-service.trading-platform.local");
            }
            assertThat(addresses(CLOUD_MAP)).isEqualTo(1);
        }
    }

    @Test
    void startsBackendsWithACertificateForTheFullNameOfTheService() {
        run(1, WithTls.class);
    }

    private static void run(int tests, Class<?>... classes) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Arrays.stream(classes)
                                        .map(type -> selectClass(type))
                                        .toArray(ClassSelector[]::new))
                                .build(),
                        listener);
        assertThat(listener.getSummary().getFailures()).isEmpty();
        assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(tests);
    }

    private static int addresses(CloudMapExtension cloudMap) throws IOException {
        try (DnsProbe probe = new DnsProbe(cloudMap.dns().address())) {
            Message answer = probe.udp(DnsProbe.query(NAME, Type.SRV));
            return answer.getSection(Section.ANSWER).size();
        }
    }

    private static void assertThatEnded(Backend backend) {
        assertThatEnded(backend.address());
    }

    private static void assertThatEnded(InetSocketAddress address) {
        assertThatThrownBy(() -> new HttpProbe(address)).isInstanceOf(ConnectException.class);
    }
}
