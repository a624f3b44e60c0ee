package sluice.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class UnrecoverableTest {

    /** As RocksDB says it of a full disk, through the layers of Streams. */
    @Test
    void givenStateThatCantBeWritten_whenAThreadEnds_thenSoMustTheProcess() {
        var full = new IOException("No space left on device");
        var fault = new StreamsException("task 0_1", new ProcessorStateException("Error while flushing user", full));

        assertThat(Unrecoverable.is(fault)).isTrue();
        assertThat(Unrecoverable.root(fault)).isSameAs(full);
    }

    @Test
    void givenAJvmAtItsEnd_whenAThreadEnds_thenSoMustTheProcess() {
        assertThat(Unrecoverable.is(new StreamsException(new OutOfMemoryError("Cannot reserve direct buffer memory"))))
                .isTrue();
    }

    @Test
    void givenABrokerThatDoesNotAnswer_whenAThreadEnds_thenAnotherMayDoBetter() {
        assertThat(Unrecoverable.is(new StreamsException(new TimeoutException("no answer"))))
                .isFalse();
    }
}
