package sluice.track.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrSvgTest {
    private static final String URI = "otpauth://totp/Shop:ada?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Shop";
    private static final Pattern SIDE = Pattern.compile("viewBox=\"0 0 (\\d+) ");
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\d+z");
    private static final int SCALE = 8;

    @Test
    void givenAnEnrolmentsUri_whenDrawn_thenAnotherMakersReaderReadsIt() throws Exception {
        var svg = QrSvg.of(URI).orElseThrow();

        assertThat(new QRCodeReader().decode(picture(svg)).getText()).isEqualTo(URI);
    }

    @Test
    void e7_givenAnEnrolmentsUri_whenDrawn_thenItIsShapesAloneAndDoesNotSpellTheUri() {
        assertThat(QrSvg.of(URI).orElseThrow())
                .doesNotContain("style", "script", "href", "otpauth", "JBSWY3DPEHPK3PXP");
    }

    @Test
    void givenMoreThanAQrCodeHolds_whenDrawn_thenThereIsNone() {
        assertThat(QrSvg.of("x".repeat(4096))).isEmpty();
    }

    private static BinaryBitmap picture(String svg) {
        var side = SIDE.matcher(svg)
                        .results()
                        .mapToInt(found -> Integer.parseInt(found.group(1)))
                        .findFirst()
                        .orElseThrow()
                * SCALE;
        var pixels = new int[side * side];
        Arrays.fill(pixels, 0xFFFFFF);
        RUN.matcher(svg).results().forEach(run -> {
            var x = Integer.parseInt(run.group(1)) * SCALE;
            var y = Integer.parseInt(run.group(2)) * SCALE;
            var width = Integer.parseInt(run.group(3)) * SCALE;
            for (var row = y; row < y + SCALE; row++) Arrays.fill(pixels, row * side + x, row * side + x + width, 0);
        });
        return new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels)));
    }
}
