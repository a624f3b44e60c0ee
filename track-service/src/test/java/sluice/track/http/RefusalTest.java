package sluice.track.http;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients hang on these: the contract's section 1. */
class RefusalTest {

    @Test
    void givenTheContract_whenTheCodesAreRead_thenTheyAreThese() {
        var codes = Arrays.stream(Refusal.values())
                .collect(toMap(Enum::name, refusal -> refusal.code() + " " + refusal.status()));

        assertThat(codes)
                .isEqualTo(Map.ofEntries(
                        Map.entry("UNAUTHORIZED", "unauthorized 401"),
                        Map.entry("INVALID_TOKEN", "invalid_token 401"),
                        Map.entry("EXPIRED_TOKEN", "expired_token 401"),
                        Map.entry("INVALID_REQUEST", "invalid_request 400"),
                        Map.entry("INVALID_CONFIGURATION", "invalid_configuration 400"),
                        Map.entry("NOT_FOUND", "invalid_request 404"),
                        Map.entry("METHOD_NOT_ALLOWED", "invalid_request 405"),
                        Map.entry("REQUEST_TIMEOUT", "invalid_request 408"),
                        Map.entry("TOO_LARGE", "invalid_request 413"),
                        Map.entry("UNSUPPORTED_MEDIA_TYPE", "invalid_request 415"),
                        Map.entry("TOO_MANY_REQUESTS", "too_many_requests 429"),
                        Map.entry("INTERNAL_ERROR", "internal_error 500"),
                        Map.entry("SERVICE_UNAVAILABLE", "service_unavailable 503")));
    }

    @Test
    void givenARefusal_whenWritten_thenItHasTheKeysThatTheSdksRead() {
        assertThat(Refusal.UNAUTHORIZED.body(Refusal.UNAUTHORIZED_DESCRIPTION))
                .isEqualTo(
                        Map.of(
                                "error", "unauthorized",
                                "errorCode", "unauthorized",
                                "errorDescription",
                                        "The request is unauthorized. Check that your API key and region base URL are correctly configured."));
    }
}
