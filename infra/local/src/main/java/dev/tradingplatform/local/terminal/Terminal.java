package dev.tradingplatform.local.terminal;

import java.io.PrintStream;
import java.util.Map;

/**
 * Writes lines, and below them, on a real terminal, one that is replaced all the time. Safe for concurrent use.
 *
 * <p>Where output goes to a file or a pipe there is neither colour nor a line that changes; {@code NO_COLOR} (to
 * anything but nothing) and {@code TERM=dumb} switch colour off too.
 */
public final class Terminal {

    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean interactive;
    private final boolean colour;
    private String status = "";
    private boolean silent;

    /**
     * @param interactive whether a person sees it as it is written
     * @param environment this process's environment variables
     */
    public Terminal(PrintStream out, boolean interactive, Map<String, String> environment) {
        this.out = out;
        this.interactive = interactive && !"dumb".equals(environment.get("TERM"));
        this.colour =
                this.interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Writes a line. */
    public synchronized void line(String text) {
        if (!silent) {
            clearStatus();
            out.println(text);
            out.print(status);
            out.flush();
        }
    }

    /** Shows what is waited for, on an interactive terminal only, until the next call; empty for nothing. */
    public synchronized void status(String text) {
        if (interactive && !silent) {
            clearStatus();
            status = text.isEmpty() ? "" : styled(Style.FAINT, text);
            out.print(status);
            out.flush();
        }
    }

    /** Writes a line after which there is none: whatever other threads still have to say is not shown. */
    public synchronized void lastLine(String text) {
        status("");
        line(text);
        silent = true;
    }

    /** The text so that it stands out, where colours are wanted. */
    public String styled(Style style, String text) {
        return colour ? style.wrapped(text) : text;
    }

    private void clearStatus() {
        if (!status.isEmpty()) {
            out.print(CLEAR_LINE);
        }
    }
}
