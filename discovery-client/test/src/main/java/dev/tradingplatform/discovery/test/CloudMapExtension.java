package dev.tradingplatform.discovery.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.xbill.DNS.Name;

/**
 * A JUnit Jupiter extension that provides a DNS server with Cloud Map's rules and HTTP servers that are registered in
 * it. Needs {@code junit-jupiter-api}, which is an optional dependency of this artifact. Safe for concurrent use.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");
 * }</pre>
 *
 * <p>In a static field, the DNS server runs until the end of the test class; in an instance field, until the end of the
 * test. It starts on a free loopback port when it is first needed, so that a {@code @DynamicPropertySource} method can
 * use {@link #nameserver}.
 *
 * <p>After each test, the extension closes the backends that were registered since the test began, restores the
 * registrations of that moment, ends faults of the DNS server and clears its query log. Backends of {@code @BeforeAll}
 * are closed after the class. Tests that share an extension must not run concurrently.
 */
public final class CloudMapExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private final CloudMapNamespace namespace;
    private final CloudMap cloudMap;

    /** Guards the fields below. A lock, because closing waits for threads. */
    private final ReentrantLock lock = new ReentrantLock();

    /** From the top: the running test, its class, the enclosing classes, and what was created before them. */
    private final Deque<Scope> scopes = new ArrayDeque<>();

    private DnsHandler handler;
    private Optional<DnsServer> dns = Optional.empty();
    private int port;
    private long registered;

    private CloudMapExtension(CloudMapNamespace namespace) {
        this.namespace = namespace;
        this.cloudMap = CloudMap.of(namespace);
        this.handler = cloudMap;
        scopes.push(new Scope(cloudMap.snapshot(), new ArrayList<>()));
    }

    /** Creates an extension with a TTL of 60 s and a negative TTL of 300 s, the defaults of Cloud Map. */
    public static CloudMapExtension withNamespace(String name) {
        return withNamespace(CloudMapNamespace.of(name));
    }

    /** Creates an extension with other TTLs. */
    public static CloudMapExtension withNamespace(CloudMapNamespace namespace) {
        return new CloudMapExtension(namespace);
    }

    /**
     * Sets the handler of the DNS server, which otherwise is the registry. Returns this extension.
     *
     * @param wrapper gets the registry, for example {@code cloudMap -> cloudMap.withRandomSubset(3, random)} or
     *     {@code cloudMap -> cloudMap.orElse(zone)}
     */
    public CloudMapExtension answeringWith(UnaryOperator<DnsHandler> wrapper) {
        return locked(() -> {
            handler = wrapper.apply(cloudMap);
            dns.ifPresent(server -> server.handler(handler));
            return this;
        });
    }

    /** Returns the name of the namespace without final dot, such as {@code trading-platform.local}. */
    public String namespace() {
        return namespace.name().toString(true);
    }

    /** Returns the registry, for instances that are not backends of this extension. */
    public CloudMap cloudMap() {
        return cloudMap;
    }

    /** Returns address and port of the DNS server, such as {@code 127.0.0.1:40123}. Starts the server if necessary. */
    public String nameserver() {
        return dns().nameserver();
    }

    /** Returns the DNS server, with its faults and its query log. Starts the server if necessary. */
    public DnsServer dns() {
        return locked(() -> {
            DnsServer server = dns.orElseGet(this::startDns);
            dns = Optional.of(server);
            return server;
        });
    }

    /** Starts a backend on a free loopback port and registers it: an A and an SRV record. */
    public Backend backend(String service) {
        return register(service, Backend.start());
    }

    /**
     * Starts a backend for HTTPS on a free loopback port and registers it.
     *
     * @param authority issues its certificate, whose only name is the full name of the service, such as
     *     {@code stock-service.trading-platform.local}
     */
    public Backend tlsBackend(String service, TestCertificates authority) {
        SSLContext context = authority.context(authority.issue(service + "." + namespace()));
        return register(service, Backend.startTls(InetAddress.getLoopbackAddress(), 0, context));
    }

    /** Registers a backend that the test started, under a new instance id. The extension closes it. */
    public Backend register(String service, Backend backend) {
        return locked(() -> {
            registered++;
            cloudMap.register(
                    service,
                    "task-" + registered,
                    backend.address().getAddress(),
                    backend.address().getPort());
            scopes.element().backends().add(backend);
            return backend;
        });
    }

    /** Removes a backend from DNS; the backend continues to run. */
    public void deregister(Backend backend) {
        cloudMap.deregister(backend.address());
    }

    /** Sets the health of a backend in the registry: DNS leaves out unhealthy instances while others are healthy. */
    public void health(Backend backend, boolean healthy) {
        cloudMap.health(backend.address(), healthy);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }

    private record Scope(Map<Name, Map<String, CloudMapInstance>> registrations, List<Backend> backends) {

        void close(CloudMap cloudMap) {
            backends.forEach(Backend::close);
            backends.clear();
            cloudMap.restore(registrations);
        }
    }

    private void begin() {
        locked(() -> {
            dns();
            scopes.push(new Scope(cloudMap.snapshot(), new ArrayList<>()));
            return scopes;
        });
    }

    private void end() {
        locked(() -> {
            scopes.pop().close(cloudMap);
            dns.ifPresent(this::reset);
            if (scopes.size() == 1) {
                scopes.element().close(cloudMap);
                dns.ifPresent(DnsServer::close);
                dns = Optional.empty();
            }
            return scopes;
        });
    }

    private void reset(DnsServer server) {
        server.fault(DnsFault.none());
        server.tcp(TcpMode.SERVING);
        server.handler(handler);
        server.queries().clear();
    }

    /** Listens on the port of the class before, if several classes inherit one extension: a cached context knows it. */
    private DnsServer startDns() {
        try {
            DnsServer server = DnsServer.start(InetAddress.getLoopbackAddress(), port, handler);
            port = server.address().getPort();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("No DNS server on port " + port, e);
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
