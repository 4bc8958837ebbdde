/** Real servers for tests of clients that find services through DNS. */
module dev.tradingplatform.discovery.test {
    requires transitive org.dnsjava;
    requires org.slf4j;
    requires static transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports dev.tradingplatform.discovery.test;
}
