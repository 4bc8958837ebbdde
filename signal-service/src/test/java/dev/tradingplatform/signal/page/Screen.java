package dev.tradingplatform.signal.page;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** What can be seen: pixels, one for each CSS pixel. Immutable. */
final class Screen {

    private final byte[] png;
    private final BufferedImage pixels;

    Screen(byte[] png) {
        this.png = png.clone();
        try {
            pixels = ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Columns next to each other that contain a colour. */
    record Span(int from, int to) {

        int middle() {
            return (from + to) / 2;
        }
    }

    byte[] png() {
        return png.clone();
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
            if (inColumn(x, colour) == 0) {
                continue;
            }
            Span last = spans.isEmpty() ? new Span(x, x) : spans.removeLast();
            if (x - last.to() <= gap + 1) {
                spans.add(new Span(last.from(), x));
            } else {
                spans.add(last);
                spans.add(new Span(x, x));
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
