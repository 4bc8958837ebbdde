package dev.tradingplatform.local.replica;

/** The platform cannot start; the message is one sentence that says why and what to do. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String sentence;

    /** @param sentence for people, on a terminal */
    public StartFailure(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /** The same as the message. */
    public String sentence() {
        return sentence;
    }
}
