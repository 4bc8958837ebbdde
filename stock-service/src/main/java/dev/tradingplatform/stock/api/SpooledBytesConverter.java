package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.spool.SpooledBytes;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/** Hands over answers that were written before as they are. */
@Component
class SpooledBytesConverter extends AbstractHttpMessageConverter<SpooledBytes> {

    SpooledBytesConverter() {
        super(MediaType.ALL);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == SpooledBytes.class;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected SpooledBytes readInternal(Class<? extends SpooledBytes> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("only ever written", message);
    }

    @Override
    protected Long getContentLength(SpooledBytes bytes, @Nullable MediaType contentType) {
        return bytes.size();
    }

    @Override
    protected void writeInternal(SpooledBytes bytes, HttpOutputMessage message) throws IOException {
        if (message.getBody() instanceof PreparedAnswer.Body answer) {
            answer.adopt(bytes);
            return;
        }
        try (bytes;
                OutputStream body = message.getBody()) {
            bytes.transferTo(body);
        }
    }
}
