package dev.tradingplatform.discovery.call;

/** The example of the module's README, compiled. */
final class PlainMain {

    private PlainMain() {}

    /** Prints one answer, and who gave it. */
    public static void main(String[] args) {
        try (ServiceClient client = ServiceClient.of(DiscoverySettings.inNamespace("trading-platform.local"));
                ServiceResponse response =
                        client.send(ServiceRequest.get("http://stock-service/api/v1/data/TICKER_1"))) {
            System.out.println(response.status() + " from " + response.endpoint() + ": " + response.text());
        }
    }
}
