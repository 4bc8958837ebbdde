package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.importing.ImportFormat;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The file in the body of a request: the body itself, or a part of a form as browsers and {@code curl -F} send it. Read
 * as it comes, so that it takes no memory.
 *
 * @param content of the file
 * @param format of the content
 * @param charset that was named for it; UTF-8 if none was
 * @param rest of the body, after the file was read
 */
record UploadedFile(InputStream content, ImportFormat format, Charset charset, Rest rest) {

    /** What is sent by forms. */
    static final String MULTIPART = "multipart/form-data";

    /** What {@code curl --data-binary} sends unless it is told another type: usually the file as it is. */
    static final String FORM = "application/x-www-form-urlencoded";

    private static final Map<String, ImportFormat> FORMATS = Map.of(
            "application/json", ImportFormat.JSON,
            "text/csv", ImportFormat.CSV,
            "application/csv", ImportFormat.CSV,
            "text/tab-separated-values", ImportFormat.CSV,
            "application/x-ndjson", ImportFormat.NDJSON,
            "application/ndjson", ImportFormat.NDJSON);

    private static final int LOOKAHEAD = 256;
    private static final Pattern FIELD = Pattern.compile("^(?!sep=)[A-Za-z][A-Za-z0-9_.-]*=");

    /** Tells whether bodies of a type are read. */
    static boolean accepts(String type) {
        return FORMATS.containsKey(type) || type.equals(MULTIPART) || type.equals(FORM);
    }

    /**
     * Finds the file in a body.
     *
     * @param type that {@link #accepts} accepts
     */
    static UploadedFile in(InputStream body, MediaType type) throws IOException {
        String name = type.getType() + "/" + type.getSubtype();
        Optional<ImportFormat> format = Optional.ofNullable(FORMATS.get(name));
        if (format.isPresent()) {
            return new UploadedFile(body, format.get(), charset(type), () -> {});
        }
        return name.equals(MULTIPART) ? part(body, type) : form(body, type);
    }

    private static UploadedFile form(InputStream body, MediaType type) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(body);
        buffered.mark(LOOKAHEAD);
        String begin = new String(buffered.readNBytes(LOOKAHEAD), StandardCharsets.ISO_8859_1);
        buffered.reset();
        Matcher field = FIELD.matcher(begin);
        if (!field.find()) {
            return recognized(buffered, type);
        }
        buffered.skipNBytes(field.end());
        return recognized(new FieldValue(buffered), type);
    }

    private static UploadedFile part(InputStream body, MediaType type) throws IOException {
        if (type.getParameter("boundary") == null) {
            throw Problems.noBoundary();
        }
        try {
            FileItemIterator parts = new FileUpload().getItemIterator(new Body(body, type));
            while (parts.hasNext()) {
                FileItemStream part = parts.next();
                if (!part.isFormField()) {
                    UploadedFile file = recognized(part.openStream(), partType(part));
                    return new UploadedFile(file.content, file.format, file.charset, () -> onlyOne(parts));
                }
            }
        } catch (FileUploadException e) {
            throw new IOException(e);
        }
        throw Problems.noFile();
    }

    private static void onlyOne(FileItemIterator parts) throws IOException {
        try {
            while (parts.hasNext()) {
                if (!parts.next().isFormField()) {
                    throw Problems.severalFiles();
                }
            }
        } catch (FileUploadException e) {
            throw new IOException(e);
        }
    }

    private static MediaType partType(FileItemStream part) {
        String type = part.getContentType();
        try {
            return type == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(type);
        } catch (InvalidMediaTypeException _) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
    }

    /** A browser names the type of a file by its extension, which says little: the content decides. */
    private static UploadedFile recognized(InputStream content, MediaType type) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(content, 1 << 13);
        return new UploadedFile(buffered, ImportFormat.of(buffered), charset(type), () -> {});
    }

    private static Charset charset(MediaType type) {
        return Optional.ofNullable(type.getCharset()).orElse(StandardCharsets.UTF_8);
    }

    /** What follows the file in the body. */
    interface Rest {

        /** Reads it, and refuses another file. */
        void check() throws IOException;
    }

    /** A body for Tomcat's reader of forms. */
    private record Body(InputStream content, MediaType type) implements UploadContext {

        @Override
        public String getCharacterEncoding() {
            return charset(type).name();
        }

        @Override
        public String getContentType() {
            return type.toString();
        }

        @Override
        public long contentLength() {
            return -1;
        }

        @Override
        public InputStream getInputStream() {
            return content;
        }
    }

    /** The value of the first field of a form, percent-decoded. */
    private static final class FieldValue extends FilterInputStream {

        FieldValue(InputStream form) {
            super(form);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            return switch (next) {
                case '&' -> {
                    // The file is the first field: what follows is read to its end, and not used.
                    in.transferTo(OutputStream.nullOutputStream());
                    yield -1;
                }
                case '+' -> ' ';
                case '%' -> (digit() << 4) + digit();
                default -> next;
            };
        }

        private int digit() throws IOException {
            int digit = Character.digit(super.read(), 16);
            if (digit < 0) {
                throw Problems.malformedEscape();
            }
            return digit;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = 0;
            int next = length == 0 ? -1 : read();
            while (next >= 0) {
                buffer[offset + count++] = (byte) next;
                next = count < length ? read() : -1;
            }
            return count == 0 && length > 0 ? -1 : count;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
