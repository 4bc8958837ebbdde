package dev.tradingplatform.stock.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the API is, for programs and for people. */
@RestController
class DocumentController {

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
    private static final String OWN_CONTENT = "default-src 'none'; style-src 'unsafe-inline';"
            + " script-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

    private final byte[] openApi = resource("/openapi.json");
    private final byte[] page = resource("/docs.html");

    @GetMapping("/api/v1/openapi.json")
    ResponseEntity<byte[]> openApi(HttpServletRequest request) {
        return answer(request, openApi, MediaType.APPLICATION_JSON);
    }

    @GetMapping({"/", "/api/v1/docs"})
    ResponseEntity<byte[]> page(HttpServletRequest request) {
        return answer(request, page, HTML);
    }

    private static ResponseEntity<byte[]> answer(HttpServletRequest request, byte[] document, MediaType type) {
        new QueryParameters(request).check();
        String tag = "\"" + EntityTags.fingerprint(new String(document, StandardCharsets.UTF_8)) + "\"";
        return EntityTags.isKnown(request, tag)
                ? EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                        .build()
                : EntityTags.tagged(ResponseEntity.ok(), tag)
                        .header("Content-Security-Policy", OWN_CONTENT)
                        .contentType(type)
                        .body(document);
    }

    private static byte[] resource(String name) {
        try (InputStream content = DocumentController.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException("not in the jar: " + name);
            }
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
