package sluice.bench.system;

import java.util.Locale;

/** The tenant that is measured: its secrets, its requests. */
final class Tenant {
    static final String ID = "acme";
    static final String API_SECRET = "api-secret-of-the-benchmark";
    static final String MANAGEMENT_SECRET = "management-secret-of-the-benchmark";

    /** What calls are tracked under. */
    static final String ACTION = "signIn";

    private static final String BACKEND = Http.basic(API_SECRET);
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private Tenant() {}

    /** A track call as a shop's backend makes it: where the user comes from, and two things of its own. */
    static String trackBody(int user, String key) {
        return String.format(
                Locale.ROOT,
                "{\"idempotencyKey\":\"%s\",\"ipAddress\":\"%s\",\"userAgent\":\"%s\",\"deviceId\":\"device-%d\","
                        + "\"email\":\"user-%d@example.com\",\"custom\":{\"amount\":%d.5,\"payee\":\"payee-%d\"}}",
                key,
                address(user),
                BROWSER,
                user,
                user,
                user % 1000,
                user % 50);
    }

    /** An address of the user's own, as most have. */
    static String address(int user) {
        return "100." + (64 + user / 62_500 % 64) + "." + user / 250 % 250 + "." + user % 250;
    }

    static byte[] track(String userId, String action, String body) {
        return Http.post("/v1/users/" + userId + "/actions/" + action, BACKEND, body);
    }

    static byte[] enroll(String token) {
        return Http.post("/v1/client/user-authenticators/totp", "Bearer " + token, "{}");
    }

    static byte[] verify(String token, String code) {
        return Http.post("/v1/client/verify/totp", "Bearer " + token, "{\"verificationCode\":\"" + code + "\"}");
    }

    static byte[] validate(String token) {
        return Http.post("/v1/validate", BACKEND, "{\"token\":\"" + token + "\"}");
    }

    static byte[] manage(String path, String body) {
        return Http.post("/v1/management/" + path, Http.basic(MANAGEMENT_SECRET), body);
    }
}
