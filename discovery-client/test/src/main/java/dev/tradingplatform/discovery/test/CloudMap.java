package dev.tradingplatform.discovery.test;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
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
 * A registry of instances that answers DNS queries as AWS Cloud Map does for services with A and SRV records,
 * MULTIVALUE routing and custom health. Safe for concurrent use.
 *
 * <p>An instance is answered from the moment it is registered, healthy until said otherwise. A service without
 * instances has no records, so its name does not exist: NXDOMAIN, not NODATA.
 */
public final class CloudMap {

    /** MULTIVALUE routing answers at most this many instances. */
    public static final int MOST_ANSWERED = 8;

    /** Cloud Map gives every SRV record this priority and this weight. */
    private static final int PRIORITY_AND_WEIGHT = 1;

    private final CloudMapNamespace namespace;
    private final RandomGenerator random;

    /** Services by name, their instances by id; this and the random numbers are guarded by {@code this}. */
    private final Map<Name, Map<String, CloudMapInstance>> services = new LinkedHashMap<>();

    /** @param random decides which instances an answer holds, and their order; used by one thread at a time */
    public CloudMap(CloudMapNamespace namespace, RandomGenerator random) {
        this.namespace = namespace;
        this.random = random;
    }

    /**
     * Adds a healthy instance, or replaces the one of the same id.
     *
     * @param service a name within the namespace, such as {@code stock-service}
     * @param instanceId one DNS label
     * @throws IllegalArgumentException if a name is no DNS name, the address is not IPv4 or the port out of range
     */
    public synchronized void register(String service, String instanceId, InetAddress ip, int port) {
        CloudMapInstance instance = new CloudMapInstance(instanceId, ip, port, true);
        services.computeIfAbsent(Names.within(service, namespace.name()), _ -> new LinkedHashMap<>())
                .put(key(instanceId), instance);
    }

    /** Takes an instance out at once; without effect if it is not there. */
    public synchronized void deregister(String service, String instanceId) {
        instancesOf(service).remove(key(instanceId));
    }

    /** Says how an instance is; without effect if it is not there. Applies at once: AWS takes 30 s. */
    public synchronized void health(String service, String instanceId, boolean healthy) {
        instancesOf(service).computeIfPresent(key(instanceId), (_, instance) -> instance.withHealth(healthy));
    }

    /** The instances of a service in the order they were registered, unhealthy ones included. */
    public synchronized List<CloudMapInstance> instances(String service) {
        return List.copyOf(instancesOf(service).values());
    }

    /** Answers one query; never throws because of what it contains. The query is not changed. */
    public synchronized Message answer(Message query) {
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return Responses.to(query, Rcode.NOTIMP);
        }
        if (query.getSection(Section.QUESTION).size() != 1) {
            return Responses.to(query, Rcode.FORMERR);
        }
        Record question = query.getQuestion();
        if (!isOurs(question)) {
            return Responses.to(query, Rcode.REFUSED);
        }
        return answered(question, Responses.to(query, Rcode.NOERROR));
    }

    private boolean isOurs(Record question) {
        boolean transfer = question.getType() == Type.AXFR || question.getType() == Type.IXFR;
        return question.getDClass() == DClass.IN && question.getName().subdomain(namespace.name()) && !transfer;
    }

    private Message answered(Record question, Message response) {
        Name name = question.getName();
        Map<String, CloudMapInstance> instances = services.getOrDefault(name, Map.of());
        int type = question.getType() == Type.ANY ? Type.A : question.getType(); // RFC 8482 §4.1: one set is enough
        if (name.equals(namespace.name()) && type == Type.SOA) {
            response.addRecord(namespace.soa(), Section.ANSWER);
        } else if (type == Type.A) {
            picked(instances).forEach(instance -> response.addRecord(a(name, instance), Section.ANSWER));
            target(name).ifPresent(instance -> response.addRecord(a(name, instance), Section.ANSWER));
        } else if (type == Type.SRV) {
            picked(instances).forEach(instance -> addSrv(name, instance, response));
        }
        if (response.getSection(Section.ANSWER).isEmpty()) {
            response.getHeader().setRcode(exists(name) ? Rcode.NOERROR : Rcode.NXDOMAIN);
            response.addRecord(namespace.soa(), Section.AUTHORITY);
        }
        return response;
    }

    /** Up to eight of the healthy, uniformly at random; of all when none is healthy, as Route 53 fails open. */
    private List<CloudMapInstance> picked(Map<String, CloudMapInstance> instances) {
        List<CloudMapInstance> healthy = new ArrayList<>(
                instances.values().stream().filter(CloudMapInstance::healthy).toList());
        List<CloudMapInstance> candidates = healthy.isEmpty() ? new ArrayList<>(instances.values()) : healthy;
        Collections.shuffle(candidates, random);
        return candidates.subList(0, Math.min(MOST_ANSWERED, candidates.size()));
    }

    private Optional<CloudMapInstance> target(Name name) {
        return name.labels() < 2
                ? Optional.empty()
                : Optional.ofNullable(
                        services.getOrDefault(new Name(name, 1), Map.of()).get(key(name.getLabelString(0))));
    }

    /** RFC 8020: a name above one that exists exists, even without records of its own. */
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
        response.addRecord(a(target, instance), Section.ADDITIONAL);
    }

    private ARecord a(Name name, CloudMapInstance instance) {
        return new ARecord(name, DClass.IN, namespace.ttl().toSeconds(), instance.ip());
    }

    private Map<String, CloudMapInstance> instancesOf(String service) {
        return services.getOrDefault(Names.within(service, namespace.name()), new LinkedHashMap<>());
    }

    /** DNS names are compared without regard to case (RFC 4343). */
    private static String key(String instanceId) {
        return instanceId.toLowerCase(Locale.ROOT);
    }
}
