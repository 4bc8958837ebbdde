package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input on which a library fails in a way of its own: the client is to blame, so the status is never 500. */
class MalformedInputTest extends ApiServer {

    private static final String DEEP = "[".repeat(600) + "]".repeat(600);
    private static final String LONG_NUMBER = "1".repeat(1001);

    @ParameterizedTest
    @ValueSource(strings = {"upsert", "yyyy-MM-dd'", "{", "ppppppppppppppppppp99yyyy", "bbbb"})
    void answers400ToADateFormatThatIsNoPattern(String pattern) {
        String query = "?dateFormat=" + pattern.replace("{", "%7B").replace("'", "%27");

        Answer answer = api().post("/api/v1/data/MALFORMED" + query, CSV, HEADER + "2024-01-02,1,2,1,2,3\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo("dateFormat");
        assertThat(answer.text("/errors/0/code")).isEqualTo("not-a-pattern");
    }

    @Test
    void answers422ToJsonThatIsNestedTooDeep() {
        assertRefused(api().post("/api/v1/data/DEEP", JSON, "[{\"open\":" + DEEP + "}]"));
        assertRefused(api().post("/api/v1/data/DEEP", JSON, DEEP));
        assertRefused(api().put("/api/v1/data/DEEP/2024-01-02", "{\"open\":" + DEEP + "}"));
        assertRefused(api().put("/api/v1/data/DEEP/splits", DEEP));
        assertRefused(api().post("/api/v1/data/DEEP", "application/x-ndjson", "{\"open\":" + DEEP + "}\n"));
    }

    @Test
    void answers422ToANumberOfMoreThanAThousandDigits() {
        assertRefused(api().post("/api/v1/data/LONG", JSON, "[{\"open\":" + LONG_NUMBER + "}]"));
        assertRefused(api().put("/api/v1/data/LONG/2024-01-02", "{\"open\":" + LONG_NUMBER + "}"));
        assertRefused(api().put("/api/v1/data/LONG/splits", "[{\"numerator\":" + LONG_NUMBER + "}]"));
        assertRefused(api().post("/api/v1/data/LONG", "application/x-ndjson", "{\"open\":" + LONG_NUMBER + "}\n"));
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/type")).isEqualTo("urn:problem:validation-failed");
        assertThat(answer.text("/errors/0/code")).isEqualTo("malformed-json");
    }
}
