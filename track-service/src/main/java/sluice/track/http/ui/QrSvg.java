package sluice.track.http.ui;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.Optional;

/** Draws QR codes as SVG. */
public final class QrSvg {
    /** Modules of white that a reader needs around the code (ISO/IEC 18004). */
    private static final int QUIET_ZONE = 4;

    private QrSvg() {}

    /**
     * Draws a text at error correction M or better: about 15 % of the code may be unreadable.
     *
     * @return an SVG element without style and script; empty if the text is more than a QR code holds, about 2,300 bytes
     */
    public static Optional<String> of(String text) {
        try {
            return Optional.of(svg(QrCode.encodeText(text, QrCode.Ecc.MEDIUM)));
        } catch (DataTooLongException e) {
            return Optional.empty();
        }
    }

    private static String svg(QrCode code) {
        var side = code.size + 2 * QUIET_ZONE;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + ' ' + side
                + "\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"QR code for your authenticator app\">"
                + "<path fill=\"#fff\" d=\"M0 0h" + side + 'v' + side + "H0z\"/><path d=\"" + path(code) + "\"/></svg>";
    }

    private static String path(QrCode code) {
        var path = new StringBuilder();
        for (var y = 0; y < code.size; y++) addRow(path, code, y);
        return path.toString();
    }

    /** A rectangle for each run of dark modules: a third of the length that one for each module takes. */
    private static void addRow(StringBuilder path, QrCode code, int y) {
        for (var x = 0; x < code.size; x++) {
            if (!code.getModule(x, y)) continue;
            var start = x;
            while (code.getModule(x + 1, y)) x++;
            var run = x - start + 1;
            path.append('M').append(start + QUIET_ZONE).append(' ').append(y + QUIET_ZONE);
            path.append('h').append(run).append("v1h-").append(run).append('z');
        }
    }
}
