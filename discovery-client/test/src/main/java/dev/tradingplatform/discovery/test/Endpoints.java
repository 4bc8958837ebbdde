package dev.tradingplatform.discovery.test;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Writes addresses with ports. */
final class Endpoints {

    private Endpoints() {}

    /** Returns address and port as in a URL: {@code 127.0.0.1:40123}, {@code [0:0:0:0:0:0:0:1]:40123}. */
    static String name(InetSocketAddress endpoint) {
        InetAddress ip = endpoint.getAddress();
        String text = ip.getHostAddress();
        return (ip instanceof Inet6Address ? "[" + text + "]" : text) + ":" + endpoint.getPort();
    }
}
