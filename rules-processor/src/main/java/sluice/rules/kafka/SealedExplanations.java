package sluice.rules.kafka;

import sluice.rules.domain.Cause;
import sluice.rules.domain.Explanation;
import sluice.rules.domain.ExplanationSeal;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/** Seals explanations for their causes, so that the same one is the same bytes whenever it is made (promise P3). */
public final class SealedExplanations implements ExplanationSeal {
    private final Sealing sealing;
    private final AvroSerde<sluice.schemas.Explanation> explanations;

    public SealedExplanations(Sealing sealing, SchemaIds ids) {
        this.sealing = sealing;
        this.explanations = new AvroSerde<>(sluice.schemas.Explanation.class, ids);
    }

    @Override
    public Sealed seal(Cause cause, Explanation explanation) {
        return new Sealed(sealing.sealRepeatablyFor(
                cause.at(),
                explanations.toBytes(ExplanationMapper.toAvro(explanation)),
                "explanation",
                cause.tenantId(),
                cause.userId(),
                cause.eventId()));
    }
}
