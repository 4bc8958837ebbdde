package dev.tradingplatform.stock.limits;

import dev.tradingplatform.stock.spool.Spool;
import java.util.function.Function;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Makes answers that are complete before their first byte is sent. Safe for concurrent use. */
@Component
public final class ResponseBuffers {

    private final Spool spool;
    private final MinTransferRate minRate;

    ResponseBuffers(Spool spool, MinTransferRate minRate) {
        this.spool = spool;
        this.minRate = minRate;
    }

    /**
     * Makes an answer.
     *
     * @param content writes the body, and returns status and headers
     */
    public ResponseEntity<InputStreamResource> answer(Function<ResponseBuffer, ResponseEntity.BodyBuilder> content) {
        ResponseBuffer body = new ResponseBuffer(spool, minRate);
        boolean done = false;
        try {
            ResponseEntity<InputStreamResource> answer = body.answer(content.apply(body));
            done = true;
            return answer;
        } finally {
            if (!done) {
                body.close();
            }
        }
    }
}
