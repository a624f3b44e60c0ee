package sluice.track.http;

import java.util.HashMap;
import java.util.List;
import sluice.fuzz.Choices;
import sluice.schemas.ActionQuery;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;

/** Paths, parameters and pages' tokens, decoded once already: refused by name, or a question that can be asked. */
public final class QueryFuzz {
    private static final AvroSerde<ActionQuery> ACTIONS = new AvroSerde<>(ActionQuery.class, ReleasedSchemas.load());
    private static final List<String> NAMES = List.of(
            "userId",
            "action",
            "idempotencyKey",
            "userAuthenticatorId",
            "fromDate",
            "codes",
            "state",
            "username",
            "email",
            "phoneNumber",
            "token",
            "limit",
            "lastEvaluatedUserId",
            "challengeId",
            "verificationMethod",
            "credentialIds");

    private QueryFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var choices = new Choices(input);
        var kind = choices.below(8);
        var texts = new HashMap<String, String>();
        texts.put("userId", "ada");
        // a line for each: what it is called, and what is told
        for (var line : choices.restAsText().split("\n", 16)) {
            if (!line.isEmpty()) texts.put(NAMES.get(line.charAt(0) % NAMES.size()), line.substring(1));
        }
        var call = Told.call(texts, new byte[0]);
        try {
            switch (kind) {
                case 0 -> ACTIONS.fromBytes(ACTIONS.toBytes(ActionHandler.query("acme", call)));
                case 1 -> UserLookupCall.of(call);
                case 2 -> ChallengeLookupHandler.Wanted.of(call);
                case 3 -> PasskeySignInHandler.credentialIds(texts.getOrDefault("credentialIds", ""));
                case 4 -> Paths.userId(call);
                case 5 -> Paths.actionCode(call);
                case 6 -> Paths.idempotencyKey(call);
                default -> Paths.userAuthenticatorId(call);
            }
        } catch (RefusedException e) {
            // as promised
        }
    }
}
