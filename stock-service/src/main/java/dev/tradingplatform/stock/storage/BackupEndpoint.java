package dev.tradingplatform.stock.storage;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/** {@code POST /actuator/backup}: makes a copy of the database and answers where it is. */
@WebEndpoint(id = "backup")
final class BackupEndpoint {

    private final Optional<Supplier<Backup>> backups;

    /**
     * Makes the endpoint.
     *
     * @param backups makes a copy; absent where the database has better means of its own
     */
    BackupEndpoint(Optional<Supplier<Backup>> backups) {
        this.backups = backups;
    }

    /** Makes a copy. */
    @WriteOperation
    WebEndpointResponse<Object> make() {
        return backups.map(make -> new WebEndpointResponse<Object>(make.get())).orElseGet(BackupEndpoint::unsupported);
    }

    private static WebEndpointResponse<Object> unsupported() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.NOT_IMPLEMENTED, "Quotes are kept in PostgreSQL: back them up with pg_dump.");
        problem.setType(URI.create("urn:problem:backup-unsupported"));
        problem.setTitle("Backup unsupported");
        return new WebEndpointResponse<>(
                problem, HttpStatus.NOT_IMPLEMENTED.value(), MediaType.APPLICATION_PROBLEM_JSON);
    }
}
