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
            "Hour at which the action was tracked, 0 to 23, in `action.timeZone`; in UTC where that is unknown.",
            "the ingress's clock, the address",
            "never"),
    ACTION_DAY_OF_WEEK(
            "action.dayOfWeek",
            ValueType.TEXT,
            "Day on which the action was tracked, `MONDAY` to `SUNDAY`, likewise.",
            "the ingress's clock, the address",
            "never"),
    ACTION_TIME_ZONE(
            "action.timeZone",
            ValueType.TEXT,
            "Time zone of the address, an IANA name: `Pacific/Auckland`.",
            "the address",
            "no place known"),
    ACTION_SECONDS_SINCE_LAST(
            "action.secondsSinceLast",
            ValueType.NUMBER,
            "Seconds since the user last came to an action of this code.",
            "the log",
            "never did, or 16 other codes since"),
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
    USER_SECONDS_SINCE_LAST_SUCCESS(
            "user.secondsSinceLastSuccess",
            ValueType.NUMBER,
            "Seconds since the user last met a challenge.",
            "the log",
            "never did"),
    IP_ADDRESS(
            "ip.address",
            ValueType.TEXT,
            "Address that the user comes from, in canonical form; as told where it is no address.",
            "the track call",
            "not told"),
    IP_IS_NEW(
            "ip.isNew",
            ValueType.BOOLEAN,
            "Whether the address is not yet the user's own.",
            "the log",
            "not told, or no address"),
    IP_COUNTRY_CODE(
            "ip.countryCode",
            ValueType.TEXT,
            "Country of the address, ISO 3166-1 alpha-2: `NZ`.",
            "the address",
            "no place known"),
    IP_IS_ANONYMOUS(
            "ip.isAnonymous",
            ValueType.BOOLEAN,
            "Whether the address is one of a proxy, a VPN or the Tor network.",
            "the address",
            "no file of anonymous addresses"),
    IP_IS_COUNTRY_NEW(
            "ip.isCountryNew",
            ValueType.BOOLEAN,
            "Whether the country is not yet the user's own.",
            "the address, the log",
            "no place known"),
    IP_KILOMETRES_FROM_LAST_VERIFIED(
            "ip.kilometresFromLastVerified",
            ValueType.NUMBER,
            "Kilometres from where the user last met a challenge, along the surface.",
            "the address, the log",
            "one of both places not known"),
    IP_SPEED_FROM_LAST_VERIFIED(
            "ip.speedFromLastVerified",
            ValueType.NUMBER,
            "How fast, in km/h, the user must have travelled from there. Less than a minute counts as one.",
            "the address, the log",
            "one of both places not known"),
    IP_IS_IMPOSSIBLE_TRAVEL(
            "ip.isImpossibleTravel",
            ValueType.BOOLEAN,
            "Whether that is more than 100 km away, and faster than 1,000 km/h.",
            "the address, the log",
            "one of both places not known"),
    IP_IS_ATYPICAL_TRAVEL(
            "ip.isAtypicalTravel",
            ValueType.BOOLEAN,
            "Whether that is more than 500 km away, in a country that is not yet the user's own.",
            "the address, the log",
            "one of both places, or the country, not known"),
    IP_USERS_1H(
            "ip.users.1h",
            ValueType.NUMBER,
            "Different users from the address (IPv6: from its /64 network) in the last hour, 1 at least; 256 is that many or more.",
            "the log across users, some seconds late",
            "event not written by the ingress, or the ingress has not caught up"),
    IP_USERS_24H(
            "ip.users.24h",
            ValueType.NUMBER,
            "Likewise, in the last 24 hours.",
            "the log across users, some seconds late",
            "event not written by the ingress, or the ingress has not caught up"),
    IP_WRONG_ANSWERS_1H(
            "ip.wrongAnswers.1h",
            ValueType.NUMBER,
            "Wrong answers to challenges of users at the address in the last hour; 256 is that many or more.",
            "the log across users, some seconds late",
            "event not written by the ingress, or the ingress has not caught up"),
    IP_WRONG_ANSWERS_24H(
            "ip.wrongAnswers.24h",
            ValueType.NUMBER,
            "Likewise, in the last 24 hours.",
            "the log across users, some seconds late",
            "event not written by the ingress, or the ingress has not caught up"),
    IP_FAILED_CHALLENGES_1H(
            "ip.failedChallenges.1h",
            ValueType.NUMBER,
            "Challenges of users at the address that ended in failure in the last hour: too many wrong answers, or the user was locked out; 256 is that many or more.",
            "the log across users, some seconds late",
            "event not written by the ingress, or the ingress has not caught up"),
    IP_FAILED_CHALLENGES_24H(
            "ip.failedChallenges.24h",
            ValueType.NUMBER,
            "Likewise, in the last 24 hours.",
            "the log across users, some seconds late",
            "event not written by the ingress, or the ingress has not caught up"),
    DEVICE_ID("device.id", ValueType.TEXT, "Anonymous device id.", "the track call", "not told"),
    DEVICE_IS_NEW(
            "device.isNew",
            ValueType.BOOLEAN,
            "Whether the device is not yet the user's own.",
            "the log",
            "device not told"),
    DEVICE_KNOWN_FOR_DAYS(
            "device.knownForDays",
            ValueType.NUMBER,
            "Whole days since the device became the user's own.",
            "the log",
            "device not told, or new"),
    DEVICE_SECONDS_SINCE_LAST_SEEN(
            "device.secondsSinceLastSeen",
            ValueType.NUMBER,
            "Seconds since the user last came with the device, their own or not.",
            "the log",
            "device not told, or not seen before"),
    DEVICE_COUNT_OF_USER(
            "device.countOfUser",
            ValueType.NUMBER,
            "How many devices are the user's own, up to 32.",
            "the log",
            "never"),
    DEVICE_USERS_24H(
            "device.users.24h",
            ValueType.NUMBER,
            "Different users with the device in the last 24 hours, 1 at least; 256 is that many or more.",
            "the log across users, some seconds late",
            "event not written by the ingress, or the ingress has not caught up"),
    DEVICE_TYPE(
            "device.type",
            ValueType.TEXT,
            "Family of the device, such as `iPhone`; `Other` where it does not tell.",
            "the user agent",
            "user agent not told"),
    DEVICE_IS_BOT(
            "device.isBot",
            ValueType.BOOLEAN,
            "Whether it says that it is a crawler or another program without a user.",
            "the user agent",
            "user agent not told"),
    USER_AGENT("userAgent", ValueType.TEXT, "The user's user agent header.", "the track call", "not told"),
    USER_AGENT_BROWSER(
            "userAgent.browser",
            ValueType.TEXT,
            "Browser without its version, such as `Firefox`; `Other` where it does not tell.",
            "the user agent",
            "user agent not told"),
    USER_AGENT_OPERATING_SYSTEM(
            "userAgent.operatingSystem",
            ValueType.TEXT,
            "Operating system without its version, such as `Windows`; `Other` likewise.",
            "the user agent",
            "user agent not told"),
    USER_AGENT_IS_NEW(
            "userAgent.isNew",
            ValueType.BOOLEAN,
            "Whether this browser on this operating system is not yet the user's own.",
            "the log",
            "user agent not told"),
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
