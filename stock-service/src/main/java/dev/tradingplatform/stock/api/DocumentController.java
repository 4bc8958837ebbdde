package dev.tradingplatform.stock.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the API is, for programs and for people. */
@RestController
class DocumentController {

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
    private final byte[] openApi = resource("/openapi.json");
    private final byte[] page = resource("/docs.html");
    private final String pagePolicy =
            "default-src 'none'; style-src " + hash("style") + "; script-src " + hash("script")
                    + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @GetMapping("/api/v1/openapi.json")
    ResponseEntity<byte[]> openApi(NoParameters none, HttpServletRequest request) {
        return answer(request, openApi, MediaType.APPLICATION_JSON);
    }

    @GetMapping({"/", "/api/v1/docs"})
    ResponseEntity<byte[]> page(NoParameters none, HttpServletRequest request, HttpServletResponse response) {
        // Replaces the policy that allows nothing
        response.setHeader("Content-Security-Policy", pagePolicy);
        return answer(request, page, HTML);
    }

    private static ResponseEntity<byte[]> answer(HttpServletRequest request, byte[] document, MediaType type) {
        String tag = "\"" + EntityTags.fingerprint(new String(document, StandardCharsets.UTF_8)) + "\"";
        return EntityTags.isKnown(request, tag)
                ? EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                        .build()
                : EntityTags.tagged(ResponseEntity.ok(), tag).contentType(type).body(document);
    }

    /**
     * Returns the hash of an inline element of the page, as a content security policy names it (CSP Level 3 §2.3.1).
     */
    private String hash(String element) {
        String html = new String(page, StandardCharsets.UTF_8);
        String start = "<" + element + ">";
        String content = html.substring(html.indexOf(start) + start.length(), html.indexOf("</" + element + ">"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
