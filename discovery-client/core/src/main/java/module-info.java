/** Calls services by DNS name through Apache HttpClient 5. Start with {@code DiscoveryClient}. */
module dev.tradingplatform.discovery {
    exports dev.tradingplatform.discovery;

    requires transitive org.apache.httpcomponents.client5.httpclient5;
    requires transitive org.apache.httpcomponents.core5.httpcore5;
    requires org.dnsjava;
    requires org.slf4j;
    requires static org.jspecify;
}
