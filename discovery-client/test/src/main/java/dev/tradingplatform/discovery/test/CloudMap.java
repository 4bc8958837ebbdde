package dev.tradingplatform.discovery.test;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A registry of instances that answers DNS queries as AWS Cloud Map does for services with A or AAAA and SRV records,
 * MULTIVALUE routing and custom health checks. Safe for concurrent use.
 *
 * <p>DNS answers contain an instance as soon as it is registered; it is healthy until {@link #health} says otherwise. A
 * service without instances has no records, so its name does not exist: the answer is NXDOMAIN, not NODATA. Changes
 * apply to the next query (AWS takes up to 30 s).
 */
public final class CloudMap implements DnsHandler {

    /** The maximum number of records in an answer with MULTIVALUE routing. */
    public static final int MAX_RECORDS = 8;

    /** Cloud Map gives every SRV record this priority and this weight. */
    private static final int PRIORITY_AND_WEIGHT = 1;

    private final CloudMapNamespace namespace;

    /** Guarded by {@code this}. */
    private final RandomGenerator random;

    /** Instances by id, by service name. Guarded by {@code this}. */
    private Map<Name, Map<String, CloudMapInstance>> services = new LinkedHashMap<>();

    /**
     * Creates a registry without instances.
     *
     * @param random decides which instances an answer contains, and their order; used by one thread at a time
     */
    public CloudMap(CloudMapNamespace namespace, RandomGenerator random) {
        this.namespace = namespace;
        this.random = random;
    }

    /** Creates a registry without instances; each run of a test gets the same sequence of answers. */
    public static CloudMap of(CloudMapNamespace namespace) {
        return new CloudMap(namespace, new Random(1));
    }

    /**
     * Adds a healthy instance, or replaces the instance of the same id.
     *
     * @param service a name within the namespace, such as {@code stock-service}
     * @param instanceId one DNS label
     * @param ip an IPv4 or IPv6 address
     * @throws IllegalArgumentException if a name is not a DNS name or the port is out of range
     */
    public synchronized void register(String service, String instanceId, InetAddress ip, int port) {
        CloudMapInstance instance = new CloudMapInstance(instanceId, ip, port, true);
        services.computeIfAbsent(serviceName(service), name -> new LinkedHashMap<>())
                .put(key(instanceId), instance);
    }

    /** Removes an instance; without effect if it is not registered. */
    public synchronized void deregister(String service, String instanceId) {
        instancesOf(service).remove(key(instanceId));
    }

    /** Sets the health of an instance; without effect if it is not registered. */
    public synchronized void health(String service, String instanceId, boolean healthy) {
        instancesOf(service).computeIfPresent(key(instanceId), (id, instance) -> instance.withHealth(healthy));
    }

    /** Returns the instances of a service in the order of their registration, unhealthy instances included. */
    public synchronized List<CloudMapInstance> instances(String service) {
        return List.copyOf(instancesOf(service).values());
    }

    /** Answers one query; does not throw, whatever the query contains. */
    @Override
    public synchronized Message answer(Message query) {
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return DnsHandler.response(query, Rcode.NOTIMP);
        }
        if (query.getSection(Section.QUESTION).size() != 1) {
            return DnsHandler.response(query, Rcode.FORMERR);
        }
        Record question = query.getQuestion();
        if (!isInNamespace(question)) {
            return DnsHandler.response(query, Rcode.REFUSED);
        }
        return answer(question, DnsHandler.response(query, Rcode.NOERROR));
    }

    /** Removes the instances of all services that have this address and port. */
    synchronized void deregister(InetSocketAddress endpoint) {
        services.values().forEach(instances -> instances.values().removeIf(instance -> instance.isAt(endpoint)));
    }

    /** Sets the health of the instances of all services that have this address and port. */
    synchronized void health(InetSocketAddress endpoint, boolean healthy) {
        services.values()
                .forEach(instances -> instances.replaceAll(
                        (id, instance) -> instance.isAt(endpoint) ? instance.withHealth(healthy) : instance));
    }

    /** Returns a copy of all registrations, for {@link #restore}. */
    synchronized Map<Name, Map<String, CloudMapInstance>> snapshot() {
        return copy(services);
    }

    /** Replaces all registrations by those of a snapshot. */
    synchronized void restore(Map<Name, Map<String, CloudMapInstance>> snapshot) {
        services = copy(snapshot);
    }

    private static Map<Name, Map<String, CloudMapInstance>> copy(Map<Name, Map<String, CloudMapInstance>> services) {
        Map<Name, Map<String, CloudMapInstance>> copy = new LinkedHashMap<>();
        services.forEach((name, instances) -> copy.put(name, new LinkedHashMap<>(instances)));
        return copy;
    }

    private boolean isInNamespace(Record question) {
        boolean transfer = question.getType() == Type.AXFR || question.getType() == Type.IXFR;
        return question.getDClass() == DClass.IN && question.getName().subdomain(namespace.name()) && !transfer;
    }

    private Message answer(Record question, Message response) {
        Name name = question.getName();
        List<CloudMapInstance> instances =
                List.copyOf(services.getOrDefault(name, Map.of()).values());
        int type = question.getType() == Type.ANY ? Type.A : question.getType(); // RFC 8482 §4.1: one set is enough
        if (name.equals(namespace.name()) && type == Type.SOA) {
            response.addRecord(namespace.soa(), Section.ANSWER);
        } else if (type == Type.A || type == Type.AAAA) {
            select(withAddress(instances, type))
                    .forEach(instance -> response.addRecord(address(name, instance), Section.ANSWER));
            withAddress(target(name).stream().toList(), type)
                    .forEach(instance -> response.addRecord(address(name, instance), Section.ANSWER));
        } else if (type == Type.SRV) {
            select(instances).forEach(instance -> addSrv(name, instance, response));
        }
        if (response.getSection(Section.ANSWER).isEmpty()) {
            response.getHeader().setRcode(exists(name) ? Rcode.NOERROR : Rcode.NXDOMAIN);
            response.addRecord(namespace.soa(), Section.AUTHORITY);
        }
        return response;
    }

    private static List<CloudMapInstance> withAddress(List<CloudMapInstance> instances, int type) {
        return instances.stream()
                .filter(instance -> type == (instance.ip() instanceof Inet4Address ? Type.A : Type.AAAA))
                .toList();
    }

    /** Up to eight healthy instances, picked uniformly. If none is healthy, of all: Route 53 fails open. */
    private List<CloudMapInstance> select(List<CloudMapInstance> instances) {
        List<CloudMapInstance> healthy =
                instances.stream().filter(CloudMapInstance::healthy).toList();
        List<CloudMapInstance> candidates = new ArrayList<>(healthy.isEmpty() ? instances : healthy);
        Collections.shuffle(candidates, random);
        return candidates.subList(0, Math.min(MAX_RECORDS, candidates.size()));
    }

    /** The instance of which the name is the SRV target. */
    private Optional<CloudMapInstance> target(Name name) {
        return name.labels() < 2
                ? Optional.empty()
                : Optional.ofNullable(
                        services.getOrDefault(new Name(name, 1), Map.of()).get(key(name.getLabelString(0))));
    }

    /** RFC 8020: a name above a name that exists exists too, even if it has no records. */
    private boolean exists(Name name) {
        return name.equals(namespace.name())
                || target(name).isPresent()
                || services.entrySet().stream()
                        .anyMatch(service -> !service.getValue().isEmpty()
                                && service.getKey().subdomain(name));
    }

    private void addSrv(Name name, CloudMapInstance instance, Message response) {
        Name target = Names.within(instance.id(), name);
        SRVRecord srv = new SRVRecord(
                name,
                DClass.IN,
                namespace.ttl().toSeconds(),
                PRIORITY_AND_WEIGHT,
                PRIORITY_AND_WEIGHT,
                instance.port(),
                target);
        response.addRecord(srv, Section.ANSWER);
        response.addRecord(address(target, instance), Section.ADDITIONAL);
    }

    private Record address(Name name, CloudMapInstance instance) {
        long ttl = namespace.ttl().toSeconds();
        return instance.ip() instanceof Inet4Address
                ? new ARecord(name, DClass.IN, ttl, instance.ip())
                : new AAAARecord(name, DClass.IN, ttl, instance.ip());
    }

    private Map<String, CloudMapInstance> instancesOf(String service) {
        return services.getOrDefault(serviceName(service), new LinkedHashMap<>());
    }

    private Name serviceName(String service) {
        return Names.within(service, namespace.name());
    }

    /** DNS names are compared without regard to case (RFC 4343). */
    private static String key(String instanceId) {
        return instanceId.toLowerCase(Locale.ROOT);
    }
}
