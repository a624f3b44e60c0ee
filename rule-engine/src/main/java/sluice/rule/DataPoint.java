package sluice.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The data points that every tenant has. docs/rules.md holds this table, and a test that it does. */
public enum DataPoint implements Variable {
    ACTION_CODE("action.code", ValueType.TEXT, "Code of the action.", "the track call", "never"),
    ACTION_TIME(
            "action.time",
            ValueType.TEXT,
            "When the action was tracked, ISO 8601 in UTC: `2026-01-31T13:45:00.000Z`.",
            "the ingress's clock",
            "never"),
    ACTION_HOUR_OF_DAY(
            "action.hourOfDay",
            ValueType.NUMBER,
            "Hour at which the action was tracked, 0 to 23, in UTC.",
            "the ingress's clock",
            "never"),
    ACTION_DAY_OF_WEEK(
            "action.dayOfWeek",
            ValueType.TEXT,
            "Day on which the action was tracked, `MONDAY` to `SUNDAY`, in UTC.",
            "the ingress's clock",
            "never"),
    USER_IS_ENROLLED(
            "user.isEnrolled", ValueType.BOOLEAN, "Whether the user has a usable authenticator.", "the log", "never"),
    USER_VERIFICATION_METHODS(
            "user.verificationMethods",
            ValueType.LIST,
            "Methods of the user's usable authenticators, such as `AUTHENTICATOR_APP`.",
            "the log",
            "never; empty where there are none"),
    USER_ACCOUNT_AGE_DAYS(
            "user.accountAgeDays",
            ValueType.NUMBER,
            "Whole days since Sluice first heard of the user; 0 at their first action.",
            "the log",
            "never"),
    USER_EMAIL("user.email", ValueType.TEXT, "The user's e-mail address.", "track calls and updates", "not told"),
    USER_EMAIL_VERIFIED(
            "user.emailVerified",
            ValueType.BOOLEAN,
            "Whether the backend vouches for the address.",
            "updates of the user",
            "not told"),
    USER_PHONE_NUMBER(
            "user.phoneNumber", ValueType.TEXT, "The user's phone number.", "track calls and updates", "not told"),
    IP_ADDRESS("ip.address", ValueType.TEXT, "Address that the user comes from.", "the track call", "not told"),
    IP_COUNTRY_CODE(
            "ip.countryCode",
            ValueType.TEXT,
            "Country of the address, ISO 3166-1 alpha-2: `NZ`.",
            "the address",
            "always, so far"),
    IP_IS_ANONYMOUS(
            "ip.isAnonymous",
            ValueType.BOOLEAN,
            "Whether the address is one of a proxy, a VPN or the Tor network.",
            "the address",
            "always, so far"),
    DEVICE_ID("device.id", ValueType.TEXT, "Anonymous device id.", "the track call", "not told"),
    DEVICE_IS_NEW(
            "device.isNew",
            ValueType.BOOLEAN,
            "Whether the user was never seen on the device before.",
            "the log",
            "always, so far"),
    USER_AGENT("userAgent", ValueType.TEXT, "The user's user agent header.", "the track call", "not told"),
    LOCALE("locale", ValueType.TEXT, "Language of the user, a BCP 47 tag: `en-NZ`.", "the track call", "not told");

    private static final Map<String, DataPoint> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(DataPoint::label, Function.identity()));

    private final String label;
    private final ValueType type;
    private final String meaning;
    private final String source;
    private final String unknown;

    DataPoint(String label, ValueType type, String meaning, String source, String unknown) {
        this.label = label;
        this.type = type;
        this.meaning = meaning;
        this.source = source;
        this.unknown = unknown;
    }

    /** All of them by name. */
    public static Map<String, DataPoint> byName() {
        return BY_NAME;
    }

    @Override
    public String label() {
        return label;
    }

    /** As a row of the documentation's table. */
    String row() {
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(label, type.name().toLowerCase(Locale.ROOT), meaning, source, unknown);
    }

    @Override
    public ValueType type() {
        return type;
    }
}
