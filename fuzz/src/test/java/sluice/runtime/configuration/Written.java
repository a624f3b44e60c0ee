package sluice.runtime.configuration;

import java.time.Instant;
import java.util.Optional;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ConfigurationChange;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;

/** Settings on the configuration log: what is taken from a body has to come back from there. */
public final class Written {
    private static final AvroSerde<ConfigurationChange> SERDE =
            new AvroSerde<>(ConfigurationChange.class, ReleasedSchemas.load());

    private Written() {}

    public static void require(Piece piece, Setting value) {
        var change =
                new Change("change", piece, 0, Instant.EPOCH, Author.commandLine("fuzz", "run"), Optional.of(value));
        var read = ConfigurationMapper.toDomain(SERDE.fromBytes(SERDE.toBytes(ConfigurationMapper.toAvro(change))));
        if (!read.equals(change)) throw new AssertionError("Written as\n" + change + "\nand read as\n" + read);
    }
}
