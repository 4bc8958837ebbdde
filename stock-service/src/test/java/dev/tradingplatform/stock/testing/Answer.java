package dev.tradingplatform.stock.testing;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a service answered.
 *
 * @param response with its body as text
 */
public record Answer(HttpResponse<String> response) {

    /** Returns the status. */
    public int status() {
        return response.statusCode();
    }

    /** Returns the body. */
    public String body() {
        return response.body();
    }

    /** Returns a header, or an empty text if there is none. */
    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Returns a part of the JSON body by its pointer (RFC 6901). */
    public JsonNode at(String pointer) {
        return JsonMapper.shared().readTree(body()).at(pointer);
    }

    /** Returns a part of the JSON body as text. */
    public String text(String pointer) {
        return at(pointer).asString();
    }
}
