package dev.tradingplatform.discovery.test;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Encodes the ASN.1 types that certificates consist of by the distinguished encoding rules (ITU-T X.690). */
final class Der {

    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED_CONTEXT = 0xA0;

    private Der() {}

    static byte[] sequence(byte[]... elements) {
        return encode(SEQUENCE, concatenate(elements));
    }

    static byte[] bool(boolean value) {
        return encode(BOOLEAN, new byte[] {(byte) (value ? 0xFF : 0)});
    }

    static byte[] integer(BigInteger value) {
        return encode(INTEGER, value.toByteArray());
    }

    static byte[] octetString(byte[] content) {
        return encode(OCTET_STRING, content);
    }

    /** A bit string; the last bits of its last byte may be unused. */
    static byte[] bitString(int unusedBits, byte[] content) {
        return encode(BIT_STRING, concatenate(new byte[] {(byte) unusedBits}, content));
    }

    /** A time such as {@code 20260101000000Z} without its century. */
    static byte[] utcTime(String text) {
        return encode(UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] objectIdentifier(String dotted) {
        int[] arcs = Arrays.stream(dotted.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(arcs[0] * 40 + arcs[1]);
        for (int arc = 2; arc < arcs.length; arc++) {
            writeBase128(content, arcs[arc]);
        }
        return encode(OBJECT_IDENTIFIER, content.toByteArray());
    }

    /** A value with an explicit tag: {@code [number] EXPLICIT}. */
    static byte[] explicit(int number, byte[] element) {
        return encode(CONSTRUCTED_CONTEXT | number, element);
    }

    /** A primitive value with an implicit tag: {@code [number] IMPLICIT}. */
    static byte[] implicit(int number, byte[] content) {
        return encode(CONTEXT | number, content);
    }

    private static void writeBase128(ByteArrayOutputStream content, int value) {
        int shift = (31 - Integer.numberOfLeadingZeros(value | 1)) / 7 * 7;
        for (int bits = shift; bits > 0; bits -= 7) {
            content.write(((value >> bits) & 0x7F) | 0x80);
        }
        content.write(value & 0x7F);
    }

    private static byte[] encode(int tag, byte[] content) {
        byte[] length = content.length < 0x80
                ? new byte[] {(byte) content.length}
                : content.length < 0x100
                        ? new byte[] {(byte) 0x81, (byte) content.length}
                        : new byte[] {(byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return concatenate(new byte[] {(byte) tag}, length, content);
    }

    private static byte[] concatenate(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
