package dev.tradingplatform.signal.page;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** What can be seen: pixels, one for each CSS pixel. Immutable. */
final class Screen {

    private final BufferedImage pixels;

    Screen(byte[] png) {
        try {
            pixels = ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Columns next to each other that contain a colour, and the one that contains most of it. */
    record Span(int from, int to, int peak, int most) {

        Span with(int column, int count) {
            return new Span(from, column, count > most ? column : peak, Math.max(count, most));
        }
    }

    /** Writes it as small as a PNG can be, which takes a while. */
    void write(Path file) throws IOException {
        BufferedImage opaque = new BufferedImage(pixels.getWidth(), pixels.getHeight(), BufferedImage.TYPE_INT_RGB);
        opaque.createGraphics().drawImage(pixels, 0, 0, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0);
        Files.deleteIfExists(file);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(opaque, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }

    /** How many pixels are of exactly this colour. */
    int count(Color colour) {
        int found = 0;
        for (int x = 0; x < pixels.getWidth(); x++) {
            found += inColumn(x, colour);
        }
        return found;
    }

    /**
     * Where a colour is, from left to right.
     *
     * @param gap columns without it that do not end a span
     */
    List<Span> spans(Color colour, int gap) {
        List<Span> spans = new ArrayList<>();
        for (int x = 0; x < pixels.getWidth(); x++) {
            int count = inColumn(x, colour);
            if (count > 0 && !spans.isEmpty() && x - spans.getLast().to() <= gap + 1) {
                spans.add(spans.removeLast().with(x, count));
            } else if (count > 0) {
                spans.add(new Span(x, x, x, count));
            }
        }
        return spans;
    }

    private int inColumn(int x, Color colour) {
        int found = 0;
        for (int y = 0; y < pixels.getHeight(); y++) {
            if (pixels.getRGB(x, y) == colour.getRGB()) {
                found++;
            }
        }
        return found;
    }
}
