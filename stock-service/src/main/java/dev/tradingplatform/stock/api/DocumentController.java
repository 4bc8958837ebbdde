package dev.tradingplatform.stock.api;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.servers.Server;
import io.swagger.v3.oas.annotations.tags.Tag;
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
@OpenAPIDefinition(
        info =
                @Info(
                        title = "stock-service",
                        version = "1",
                        summary = "Stores stock quotes and serves them.",
                        description = """
                        Bars (open, high, low, close, volume) by ticker, timeframe and start. Every response names the \
                        replica in `X-Served-By` and the service in `Discovery-Service`. Refusals are problem documents \
                        (RFC 9457). Unknown parameters are refused, so that a typo never returns everything. All writes \
                        are idempotent and may be sent again to any replica. Each response has the headers \
                        `Content-Security-Policy`, `X-Content-Type-Options`, `X-Frame-Options`, `Referrer-Policy`, \
                        `Permissions-Policy` and `Cross-Origin-Resource-Policy`.""",
                        license = @License(name = "Apache-2.0", identifier = "Apache-2.0")),
        servers = @Server(url = "/", description = "This replica."),
        tags = {
            @Tag(name = "Bars", description = "Reading bars, and writing one at a time."),
            @Tag(name = "Import", description = "Writing many bars."),
            @Tag(name = "Splits", description = "The splits from which prices are adjusted."),
            @Tag(name = "Dividends", description = "The dividends from which prices are adjusted."),
            @Tag(name = "Tickers", description = "The series that exist."),
            @Tag(name = "Archive", description = "Everything at once, to move it to another database."),
            @Tag(name = "Changes", description = "The series that changed since a client last read."),
            @Tag(name = "Documents", description = "This document.")
        })
@SecurityScheme(
        name = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = """
                A JWT with the claim `exp`, only where the service requires tokens (`stock.auth`); reads never require \
                one.""")
@RestController
class DocumentController {

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
    private final byte[] openApi = resource("/openapi.json");
    private final byte[] page = resource("/docs.html");
    private final String pagePolicy =
            "default-src 'none'; style-src " + hash("style") + "; script-src " + hash("script")
                    + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @GetMapping("/api/v1/openapi.json")
    @Operation(operationId = "openApi", summary = "Reads this document", tags = "Documents")
    @ApiResponse(
            responseCode = "200",
            description = "OpenAPI 3.1.",
            content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @DescribedOperations.Read
    ResponseEntity<byte[]> openApi(NoParameters none, HttpServletRequest request) {
        return answer(request, openApi, MediaType.APPLICATION_JSON);
    }

    @GetMapping({"/", "/api/v1/docs"})
    @Operation(operationId = "page", summary = "Shows this document to people", tags = "Documents")
    @ApiResponse(
            responseCode = "200",
            description = "A page that needs no other host; also at /.",
            content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
    @DescribedOperations.Read
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
