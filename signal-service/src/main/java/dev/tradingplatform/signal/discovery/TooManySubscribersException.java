package dev.tradingplatform.signal.discovery;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** As many follow the event stream as there is room for. */
final class TooManySubscribersException extends ErrorResponseException {

    private static final long serialVersionUID = 1;

    TooManySubscribersException(int most) {
        super(HttpStatus.SERVICE_UNAVAILABLE, problem(most), null);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
    }

    private static ProblemDetail problem(int most) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                most + " subscribers follow this stream already; GET /discovery answers");
        problem.setTitle("Too many subscribers");
        return problem;
    }
}
