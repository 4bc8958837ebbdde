package dev.tradingplatform.signal.screen;

import dev.tradingplatform.signal.query.Query;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.databind.json.JsonMapper;

@RestController
class ScreenController {

    private final Screen screen;
    private final Crew crew;
    private final JsonMapper json;

    ScreenController(Screen screen, Crew crew, JsonMapper json) {
        this.screen = screen;
        this.crew = crew;
        this.json = json;
    }

    @GetMapping("/api/v1/signals")
    void screen(@RequestParam Map<String, String> parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException, HttpMediaTypeNotAcceptableException {
        ScreenRequest wanted = ScreenRequest.of(new Query(parameters), new ServletWebRequest(request, response));
        Iterator<Screen.Candidate> candidates = screen.candidates(wanted).iterator();
        response.setContentType(wanted.format().type().toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (request.getMethod().equals("GET")) {
            send(wanted, candidates, new RowWriter(response.getOutputStream(), json, wanted.format()));
        }
    }

    private void send(ScreenRequest wanted, Iterator<Screen.Candidate> candidates, RowWriter writer)
            throws IOException {
        List<Row> kept = new ArrayList<>();
        crew.each(candidates, candidate -> screen.look(candidate, wanted), row -> {
            if (!wanted.wants(row)) {
                return;
            }
            if (wanted.order().isPresent()) {
                kept.add(row);
            } else {
                writer.write(row);
            }
        });
        wanted.order().ifPresent(order -> kept.sort(order.comparator()));
        for (Row row : kept) {
            writer.write(row);
        }
        writer.end();
    }
}
