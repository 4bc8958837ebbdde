package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import org.junit.jupiter.api.Test;

class WriteBarTest extends ApiServer {

    private static final String BAR = "{\"open\":1.5,\"high\":2,\"low\":\"1\",\"close\":100e-2,\"volume\":0.5}";
    private static final String OTHER = "{\"open\":1.5,\"high\":2,\"low\":1,\"close\":1.1,\"volume\":0.5}";

    @Test
    void createsAndThenReplaces() {
        Answer created = api().put("/api/v1/data/NEW/2024-01-02", BAR);
        Answer replaced = api().put("/api/v1/data/NEW/2024-01-02T00:00:00Z", OTHER);
        Answer unchanged = api().put("/api/v1/data/NEW/2024-01-02", OTHER);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/data/NEW/2024-01-02T00:00:00Z");
        assertThat(created.body())
                .isEqualTo("{\"timestamp\":\"2024-01-02T00:00:00Z\",\"open\":1.5,\"high\":2,\"low\":1,\"close\":1,"
                        + "\"volume\":0.5,\"version\":1}");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.header("ETag")).isEqualTo("\"2\"");
        assertThat(unchanged.header("ETag")).as("nothing changed").isEqualTo("\"2\"");
        assertThat(api().get(created.header("Location")).body()).isEqualTo(replaced.body());
    }

    @Test
    void takesBackWhatItGave() {
        String given = api().put("/api/v1/data/ECHO/2024-01-02", BAR).body();

        Answer again = api().put("/api/v1/data/ECHO/2024-01-02", given);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(given);
    }

    @Test
    void writesOnlyWhatIsNotThereOrNotChangedIfAskedTo() {
        String path = "/api/v1/data/COND/2024-01-02";

        assertThat(api().put(path, BAR, "If-Match", "*").status()).isEqualTo(412);
        assertThat(api().put(path, BAR, "If-None-Match", "*").status()).isEqualTo(201);
        assertThat(api().put(path, OTHER, "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(api().put(path, OTHER, "If-Match", "\"1\"").status()).isEqualTo(200);
        assertThat(api().put(path, BAR, "If-Match", "\"1\"").text("/type"))
                .isEqualTo("urn:problem:precondition-failed");
        assertThat(api().delete(path, "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(api().delete(path, "If-Match", "\"2\"").status()).isEqualTo(204);
        assertThat(api().delete(path).status()).isEqualTo(404);
    }

    @Test
    void neverGivesAVersionTwiceNotEvenAfterADeletion() {
        String path = "/api/v1/data/AGAIN/2024-01-02";
        String before = api().put(path, BAR).header("ETag");
        api().delete(path);

        String after = api().put(path, OTHER).header("ETag");

        assertThat(after).isNotEqualTo(before);
        assertThat(api().put(path, BAR, "If-Match", before).status()).isEqualTo(412);
    }

    @Test
    void refusesABodyThatIsNotTheBarInThePath() {
        String path = "/api/v1/data/BODY/2024-01-02";

        assertThat(api().put(path, BAR.replace("}", ",\"timestamp\":\"2024-01-03\"}"))
                        .text("/errors/0/code"))
                .isEqualTo("other-timestamp");
        assertThat(api().put(path, BAR.replace("}", ",\"ticker\":\"OTHER\"}")).text("/errors/0/code"))
                .isEqualTo("other-ticker");
        assertThat(api().put(path, BAR.replace("}", ",\"vwap\":1}")).text("/errors/0/pointer"))
                .isEqualTo("/vwap");
        assertThat(api().put(path, "[" + BAR + "," + BAR + "]").status()).isEqualTo(422);
        assertThat(api().put(path, "[]").text("/errors/0/code")).isEqualTo("missing");
        assertThat(api().put(path, "[]").at("/errorCount").asInt()).isEqualTo(1);
        assertThat(api().call("PUT", path, BAR, "Content-Type", "text/plain").status())
                .isEqualTo(415);
        assertThat(api().put("/api/v1/data/BODY/someday", BAR).status()).isEqualTo(400);
    }

    @Test
    void keepsTimeframesApart() {
        String path = "/api/v1/data/FRAMES/2024-01-02T09:30:00-05:00?timeframe=1m";

        Answer created = api().put(path, BAR);

        assertThat(created.header("Location")).isEqualTo("/api/v1/data/FRAMES/2024-01-02T14:30:00Z?timeframe=1m");
        assertThat(api().get("/api/v1/data/FRAMES").status()).isEqualTo(404);
        assertThat(api().get("/api/v1/data/FRAMES?timeframe=1m&to=2024-01-02")
                        .at("/count")
                        .asInt())
                .as("a date as the end includes its whole day")
                .isEqualTo(1);
    }

    @Test
    void deletesARangeOnlyAsItWasSeenIfAskedTo() {
        givenDays("SEEN", 3);
        String path = "/api/v1/data/SEEN?from=2024-01-01&to=2024-01-02";
        String seen = api().get(path).header("ETag");
        givenDays("SEEN", 4);

        Answer stale = api().delete(path, "If-Match", seen);
        Answer unwanted = api().delete(path, "If-None-Match", "*");
        String now = api().get(path).header("ETag");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.text("/type")).isEqualTo("urn:problem:precondition-failed");
        assertThat(unwanted.status()).isEqualTo(412);
        assertThat(api().get(path).at("/count").asInt()).isEqualTo(2);
        assertThat(api().delete("/api/v1/data/UNSEEN?all=true", "If-Match", "*").status())
                .isEqualTo(412);
        assertThat(api().delete(path, "If-Match", "\"0\", " + now)
                        .at("/deleted")
                        .asInt())
                .isEqualTo(2);
        assertThat(api().delete("/api/v1/data/SEEN?all=true", "If-Match", "*").status())
                .isEqualTo(200);
    }

    @Test
    void deletesRangesAndNeverEverythingByAForgottenParameter() {
        givenDays("RANGE", 5);
        String path = "/api/v1/data/RANGE";

        assertThat(api().delete(path).status()).isEqualTo(400);
        assertThat(api().delete(path + "?from=2024-01-01").status()).isEqualTo(400);
        assertThat(api().delete(path + "?all=true&from=2024-01-01").status()).isEqualTo(400);
        assertThat(api().delete(path + "?from=2024-01-04&to=2024-01-31").body())
                .isEqualTo("{\"deleted\":2,\"revision\":2}");
        assertThat(api().get("/api/v1/tickers?prefix=RANGE").text("/data/0/last"))
                .isEqualTo("2024-01-03T00:00:00Z");
        assertThat(api().delete(path + "?all=true").at("/deleted").asInt()).isEqualTo(3);
        assertThat(api().get(path).status()).isEqualTo(404);
        assertThat(api().delete(path + "?all=true").status()).isEqualTo(404);
    }
}
