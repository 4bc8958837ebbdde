package com.example.shop;

import java.lang.reflect.Method;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** Calls stock-service with the class of the README, with RestTemplate and with an HTTP interface. */
@ImportHttpServices(group = "stock", types = StarterAloneApplication.StockApi.class)
public class StarterAloneApplication {

    /** An HTTP interface whose base URL is a property. */
    public interface StockApi {

        /** Returns the bars of a ticker. */
        @GetExchange("/api/v1/data/{ticker}")
        String data(@PathVariable("ticker") String ticker);
    }

    /** Calls three times and closes the context. */
    public static void main(String[] arguments) throws Exception {
        try (var context = new SpringApplication(ShopApplication.class, StarterAloneApplication.class).run(arguments)) {
            Object quotes = context.getBean("quotes");
            Method method = quotes.getClass().getDeclaredMethod("quotes", String.class);
            method.setAccessible(true);
            System.out.println("RestClient: " + method.invoke(quotes, "TICKER_1"));
            System.out.println("RestTemplate: "
                    + context.getBean(RestTemplateBuilder.class)
                            .build()
                            .getForObject("http://stock-service/api/v1/data/{ticker}", String.class, "TICKER_2"));
            System.out.println(
                    "HTTP interface: " + context.getBean(StockApi.class).data("TICKER_3"));
        }
    }
}
