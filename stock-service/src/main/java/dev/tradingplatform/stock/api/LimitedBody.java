package dev.tradingplatform.stock.api;

import java.io.InputStream;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

/** A body that is refused if it is too large or arrives too slowly. For one thread. */
final class LimitedBody extends CountedBody {

    private final DataSize limit;
    private final Pace pace;
    private final long begun;

    LimitedBody(InputStream body, DataSize limit, Pace pace) {
        super(body);
        this.limit = limit;
        this.pace = pace;
        this.begun = pace.begin();
    }

    static ErrorResponseException tooLarge(DataSize limit) {
        return Problems.payloadTooLarge(limit.toBytes() + " bytes");
    }

    @Override
    void check() {
        if (received() > limit.toBytes()) {
            throw tooLarge(limit);
        }
        if (pace.isTooSlow(received(), begun)) {
            throw Problems.requestTimeout();
        }
    }
}
